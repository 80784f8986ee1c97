import styles from './Redactable.module.css';

/** Text in which `[redacted]` is drawn as the hatched mark. Copying it gives `[redacted]` all the same. */
export function Redactable({ text }: { text: string }) {
  const parts = redactedParts(text);
  if (parts.length === 1 && !parts[0]?.isMark) return text;
  return parts.map(({ start, text: part, isMark }) =>
    isMark ? (
      <span
        // the parts of one text never change their order
        key={start}
        className={styles.mark}
        title="Hidden by Pull Doctor. Never stored, never sent to the browser."
      >
        <span className="sr">[</span>
        {part.slice(1, -1)}
        <span className="sr">]</span>
      </span>
    ) : (
      part
    ),
  );
}

/** A text in pieces: what it says, and the marks in place of what was hidden. */
export function redactedParts(text: string): { start: number; text: string; isMark: boolean }[] {
  let start = 0;
  return text.split(/(\[redacted[^\]]{0,40}\])/).flatMap((part, index) => {
    const found = { start, text: part, isMark: index % 2 === 1 };
    start += part.length;
    return part ? [found] : [];
  });
}
