import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import styles from './AddRegistryDialog.module.css';

/** A label, a control, and under it the help; the error comes in the place of the help. */
export function Field({
  id,
  label,
  help,
  error,
  isOptional = false,
  children,
}: {
  id: string;
  label: string;
  help: string;
  error: string | null;
  isOptional?: boolean;
  /** Draws the control with these attributes on it. */
  children: (described: { 'aria-describedby': string; 'aria-invalid': true | undefined }) => ReactNode;
}) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {label} {isOptional && <small>optional</small>}
      </label>
      {children({ 'aria-describedby': `${id}-says`, 'aria-invalid': error ? true : undefined })}
      <p
        id={`${id}-says`}
        className={styles.says}
        data-error={error ? '' : undefined}
        role={error ? 'alert' : undefined}
      >
        {error && <Icon id="invalid" size="sm" />}
        <span>{error ?? help}</span>
      </p>
    </div>
  );
}
