import { causeFacts } from '@pull-doctor/contract/causes';
import type { DockerHost } from '@pull-doctor/contract/host';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { failuresOfDayQuery, statsOfDayQuery } from '../../queries.ts';
import { Card } from '../../ui/Card.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { countText } from '../../ui/time-text.ts';
import { type FailedCause, failedPullsOfDay } from './failed-pulls.ts';
import styles from './OverviewPage.module.css';

/** The pulls that failed in the last day by cause; where none can be seen, that and why. */
export function FailedPulls({ host }: { host: DockerHost | undefined }) {
  const { data: stats } = useQuery(statsOfDayQuery);
  const { data: failures } = useQuery(failuresOfDayQuery);
  const day = stats && failedPullsOfDay(stats.total, failures?.items ?? []);
  return (
    <Card title="Failed pulls, last 24 h" aside={<Link to="/history">History</Link>}>
      {day?.seen === 0 && host?.daemon.reached === false ? (
        <p className={styles.note}>Not seen: Docker on {host.name} does not answer.</p>
      ) : (
        <p className={styles.big}>
          {/* as high as the number that is on its way */}
          <b>{day ? day.failed.toLocaleString('en') : '\u00a0'}</b>{' '}
          {day && (day.seen === 0 ? 'No pull was seen.' : `of ${countText(day.seen, 'pull')} seen`)}
        </p>
      )}
      {day && day.causes.length > 0 && (
        <ul className={styles.causes}>
          {day.causes.map((cause) => (
            <CauseRow key={cause.cause} row={cause} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function CauseRow({ row: { cause, count, hours, registries } }: { row: FailedCause }) {
  const { family, badge } = causeFacts[cause];
  return (
    <li data-family={family}>
      <Link to="/history" search={{ cause }}>
        <i className={styles.family} aria-hidden="true" />
        <span>
          <b>{badge}</b>
          <small>{registries.slice(0, 2).join(', ')}</small>
        </span>
        <Sparkline counts={hours} />
        <span className={styles.count}>
          {count.toLocaleString('en')}
          <span className="sr"> failed</span>
        </span>
      </Link>
    </li>
  );
}
