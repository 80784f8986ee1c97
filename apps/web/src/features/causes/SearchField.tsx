import { type RefObject, useId } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './SearchField.module.css';

/** One field for words and for whole lines of an error. */
export function SearchField({
  fieldRef,
  text,
  onText,
  onEnter,
}: {
  fieldRef: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
  onEnter: () => void;
}) {
  const id = useId();
  return (
    <search>
      <form
        className={styles.field}
        onSubmit={(event) => {
          event.preventDefault();
          onEnter();
        }}
      >
        <label htmlFor={id}>
          <Icon id="search" />
          <span className="sr">Search causes, or paste an error</span>
        </label>
        <input
          ref={fieldRef}
          id={id}
          type="search"
          placeholder="no basic auth credentials"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
        {text === '' ? (
          <span className={styles.key} aria-hidden="true">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <button
            type="button"
            className={styles.clear}
            aria-label="Clear the search"
            onClick={() => {
              onText('');
              fieldRef.current?.focus();
            }}
          >
            <Icon id="x" />
          </button>
        )}
      </form>
    </search>
  );
}
