import { type RefObject, useId } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './RegistriesPage.module.css';

/** Filters while it is typed into; Esc empties it. */
export function FilterField({
  fieldRef,
  text,
  onText,
}: {
  fieldRef: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
}) {
  const id = useId();
  return (
    <search className={styles.filter}>
      <label htmlFor={id}>
        <Icon id="search" />
        <span className="sr">Filter the registries</span>
      </label>
      <input
        ref={fieldRef}
        id={id}
        type="search"
        placeholder="Filter"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          onText('');
        }}
      />
      {text === '' && (
        <span className={styles.filterKey} aria-hidden="true">
          <Kbd>/</Kbd>
        </span>
      )}
    </search>
  );
}
