import type { Cause } from '@pull-doctor/contract/causes';
import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTitle } from '../../useTitle.ts';
import { CauseRow } from './CauseRow.tsx';
import styles from './CausesPage.module.css';

/** An address that names no cause: the nearest ones, and the list. */
export function NoCausePage({ code, nearest }: { code: string; nearest: readonly Cause[] }) {
  useTitle('There is no page here');
  return (
    <div className={styles.groups}>
      <Card label="Not found">
        <EmptyState
          icon="book"
          heading="h1"
          title="There is no page here"
          actions={
            <Link to="/causes" className={buttonClass({ kind: 'primary' })}>
              All causes and fixes
            </Link>
          }
        >
          No cause has the code “{code.slice(0, 80)}”.
          {nearest.length > 0 ? ' The nearest are below.' : ' The list has every one.'}
        </EmptyState>
      </Card>
      {nearest.length > 0 && (
        <Card title="The nearest causes">
          <ul className={styles.rows}>
            {nearest.map((cause) => (
              <CauseRow key={cause} cause={cause} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
