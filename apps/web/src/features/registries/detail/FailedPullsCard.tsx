import type { RegistryDetail } from '@pull-doctor/contract/registries';
import { Link } from '@tanstack/react-router';
import { Age } from '../../../Age.tsx';
import { StatusMark } from '../../../ui/StatusBadge.tsx';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

/** The pulls from this registry that failed lately, newest first. */
export function FailedPullsCard({
  host,
  pulls,
  failed,
}: {
  host: string;
  pulls: RegistryDetail['failedPulls'];
  failed: number;
}) {
  return (
    <Span
      of={6}
      title="Failed pulls"
      aside={
        <Link to="/history" search={{ registry: host, outcome: 'failed' }}>
          History
        </Link>
      }
    >
      {pulls.length === 0 ? (
        <p className={styles.body}>No failed pull of its images was seen.</p>
      ) : (
        <ul className={styles.list}>
          {pulls.map(({ id, at, reference }) => (
            <li key={id}>
              <StatusMark tone="invalid" icon="invalid" />
              <code>{reference}</code>
              <span className={styles.end}>
                <Age at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {failed > pulls.length && <p className={styles.body}>{failed} failed in the last 24 h.</p>}
    </Span>
  );
}
