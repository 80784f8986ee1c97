import { useState } from 'react';
import styles from './CommandBlock.module.css';
import { Icon } from './Icon.tsx';
import { useCopy } from './useCopy.ts';

export interface CommandChoice {
  /** The tab, where there are several: `Linux`. */
  tab: string;
  command: string;
  /** What it does, on which machine, as which user; left out where the text around it tells. */
  says?: string;
  /** A piece of a file rather than something to run. */
  isFile?: boolean;
}

/** One command, exact and complete, with a tab per system where it differs. Copied without its prompt. */
export function CommandBlock({ choices }: { choices: readonly CommandChoice[] }) {
  const [chosen, setChosen] = useState(0);
  const { isCopied, failed, copy } = useCopy();
  const shown = choices[chosen] ?? choices[0];
  if (!shown) return null;
  return (
    <figure className={styles.block}>
      <div className={styles.head}>
        {choices.length > 1 ? (
          <fieldset className={styles.tabs}>
            <legend className="sr">System</legend>
            {choices.map(({ tab }, index) => (
              <button
                key={tab}
                type="button"
                aria-pressed={index === chosen}
                onClick={() => setChosen(index)}
              >
                {tab}
              </button>
            ))}
          </fieldset>
        ) : (
          <span className={styles.system}>
            <Icon id={shown.isFile ? 'file' : 'terminal'} size="sm" />
            {shown.tab}
          </span>
        )}
        <button
          type="button"
          className={styles.copy}
          aria-label={`Copy the ${shown.isFile ? 'lines' : 'command'} ${shown.command.slice(0, 80)}`}
          onClick={() => copy(shown.command)}
        >
          <Icon id={isCopied ? 'check' : 'copy'} size="sm" />
          {isCopied ? 'Copied' : failed ? 'Not copied' : 'Copy'}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre tabIndex={0}>
        <code>
          {/* before the first of several lines alone, it would look as if the others were output */}
          {!shown.isFile && !shown.command.includes('\n') && (
            <span className={styles.prompt} aria-hidden="true">
              {shown.tab === 'PowerShell' ? '> ' : '$ '}
            </span>
          )}
          {withPlaceholders(shown.command)}
        </code>
      </pre>
      {shown.says && <figcaption className={styles.says}>{shown.says}</figcaption>}
    </figure>
  );
}

/** What has to be filled in stands in amber: YOUR-USER, <token>. */
function withPlaceholders(command: string) {
  return command.split(/(\bYOUR-[A-Z-]+|<[a-z][a-z -]{1,40}>)/).map((part, index) =>
    index % 2 ? (
      <span key={`${index}${part}`} className={styles.placeholder}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
