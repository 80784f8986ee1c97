import styles from './CausesPage.module.css';

const charactersMax = 220;

/** The line of a program that is most like what was typed, with the words that both have marked. */
export function FoundMessage({ message, words }: { message: string; words: readonly string[] }) {
  const shared = new Set(words);
  const isShared = (part: string) => shared.has(part.toLowerCase());
  return (
    <code className={styles.message}>
      {/* an address is one piece: whose it is was not searched */}
      {endOf(message)
        .split(/(https?:\/\/[^\s"]+|[A-Za-z0-9_]+)/)
        .map((part, index) => (isShared(part) ? <mark key={`${index}`}>{part}</mark> : part))}
    </code>
  );
}

/** A long line is cut at its start: what went wrong stands at its end. */
const endOf = (message: string) =>
  message.length > charactersMax ? `…${message.slice(-charactersMax)}` : message;
