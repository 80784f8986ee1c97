import { type KeyboardEvent, type RefObject, useId } from 'react';
import styles from './FindField.module.css';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';

/** A field that finds while it is typed into; `/` leads to it, Esc empties it. */
export function FindField({
  label,
  placeholder,
  fieldRef,
  text,
  onText,
  onKeyDown,
}: {
  label: string;
  placeholder: string;
  fieldRef: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}) {
  const id = useId();
  return (
    <div className={styles.find}>
      <label htmlFor={id}>
        <Icon id="search" />
        <span className="sr">{label}</span>
      </label>
      <input
        ref={fieldRef}
        id={id}
        type="search"
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={300}
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          onText('');
        }}
      />
      {text === '' && (
        <span className={styles.key} aria-hidden="true">
          <Kbd>/</Kbd>
        </span>
      )}
    </div>
  );
}
