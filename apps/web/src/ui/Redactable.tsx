import styles from './Redactable.module.css';

const mark = /\[redacted([^\]]{0,40})\]/;

/** Text in which `[redacted]` is drawn as the hatched mark. Copying it gives `[redacted]` all the same. */
export function Redactable({ text }: { text: string }) {
  const parts = text.split(mark);
  if (parts.length === 1) return text;
  return parts.map((part, index) =>
    index % 2 ? (
      <span
        // the parts of one text never change their order
        key={`${index}${part}`}
        className={styles.mark}
        title="Hidden by Pull Doctor. Never stored, never sent to the browser."
      >
        <span className="sr">[</span>redacted{part}
        <span className="sr">]</span>
      </span>
    ) : (
      part
    ),
  );
}
