import { Icon, type IconId } from '../../ui/Icon.tsx';
import styles from './DiagnosePage.module.css';

const examples: readonly { icon: IconId; title: string; text: string }[] = [
  { icon: 'layers', title: 'An image', text: 'registry.example.com/team/app:1.4' },
  { icon: 'terminal', title: 'A command', text: 'docker pull --platform linux/arm64 ghcr.io/acme/web' },
  {
    icon: 'log',
    title: 'An error, from anywhere',
    text: 'Error response from daemon: Head "https://registry.example.com/v2/team/app/manifests/1.4": no basic auth credentials',
  },
];

/** What the field takes; a click puts it there. */
export function Examples({ onChoose }: { onChoose: (text: string) => void }) {
  return (
    <ul className={styles.examples} aria-label="Examples">
      {examples.map(({ icon, title, text }) => (
        <li key={title}>
          <button type="button" className={styles.example} onClick={() => onChoose(text)}>
            <span className={styles.exampleTitle}>
              <Icon id={icon} />
              {title}
            </span>
            <code>{text}</code>
          </button>
        </li>
      ))}
    </ul>
  );
}
