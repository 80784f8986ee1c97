import type { RefObject } from 'react';
import { FindField } from '../../ui/FindField.tsx';
import styles from './RegistriesPage.module.css';

/** Filters while it is typed into; Esc empties it. */
export function FilterField(props: {
  fieldRef: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
}) {
  return (
    <search className={styles.filter}>
      <FindField label="Filter the registries" placeholder="Filter" {...props} />
    </search>
  );
}
