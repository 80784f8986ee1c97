import { useEffect, useId, useRef } from 'react';
import styles from './DiagnoseField.module.css';

const platforms = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/s390x',
  'linux/ppc64le',
  'windows/amd64',
];

/** What can be corrected or added before a diagnosis starts. */
export function DiagnoseOptions({
  platform,
  placeholder,
  onPlatform,
  pull,
  onPull,
}: {
  platform: string;
  placeholder: string | null;
  onPlatform: (platform: string) => void;
  pull: boolean;
  onPull: (pull: boolean) => void;
}) {
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <fieldset className={styles.options}>
      <legend className="sr">Options</legend>
      <div className={styles.option}>
        <label htmlFor={`${id}-platform`}>Platform</label>
        <input
          ref={first}
          id={`${id}-platform`}
          className={styles.input}
          list={`${id}-platforms`}
          value={platform}
          placeholder={placeholder ?? 'linux/amd64'}
          pattern="[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?"
          title="A platform looks like linux/arm64 or linux/arm/v7."
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby={`${id}-platform-says`}
          onChange={(event) => onPlatform(event.target.value.trim())}
        />
        <datalist id={`${id}-platforms`}>
          {platforms.map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
        <small id={`${id}-platform-says`}>
          {placeholder ? `Empty means ${placeholder}.` : 'Empty means the platform of the daemon.'}
        </small>
      </div>
      <div className={styles.option}>
        <label className={styles.check}>
          <input type="checkbox" checked={pull} onChange={(event) => onPull(event.target.checked)} />
          Also pull through the daemon
        </label>
        <small>A real pull: it takes time and disk on the host, and counts as a pull at the registry.</small>
      </div>
    </fieldset>
  );
}
