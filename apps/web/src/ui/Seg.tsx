import type { ReactNode } from 'react';
import styles from './Seg.module.css';

/** A few choices side by side, one of them on. */
export function Seg<Value extends string>({
  label,
  choices,
  value,
  onChoose,
  children,
}: {
  label: string;
  choices: readonly { value: Value; name: string }[];
  /** Null: none of them. */
  value: Value | null;
  onChoose: (value: Value) => void;
  /** A further button, such as one that asks for more. */
  children?: ReactNode;
}) {
  return (
    <fieldset className={styles.seg}>
      <legend className="sr">{label}</legend>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
        >
          {choice.name}
        </button>
      ))}
      {children}
    </fieldset>
  );
}

/** The same look for links that lead from one list to another. */
export const segClass = styles.seg;
