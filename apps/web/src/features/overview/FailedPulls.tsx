import { causeFacts } from '@pull-doctor/contract/causes';
import type { DockerHost } from '@pull-doctor/contract/host';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '../../clock.ts';
import { attemptsOfDayQuery } from '../../queries.ts';
import { Card } from '../../ui/Card.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { countText } from '../../ui/time-text.ts';
import { CauseLink } from '../causes/CauseLink.tsx';
import { type FailedCause, type FailedPullsOfDay, failedPullsOfDay } from './failed-pulls.ts';
import styles from './OverviewPage.module.css';

/** The pulls that failed in the last day by cause; where none can be seen, that and why. */
export function FailedPulls({ host }: { host: DockerHost | undefined }) {
  const { data: attempts } = useQuery(attemptsOfDayQuery);
  const now = useNow(60_000);
  const day = attempts && failedPullsOfDay(attempts, now);
  return (
    <Card
      title="Failed pulls, last 24 h"
      aside={
        <Link to="/history" search={{}}>
          History
        </Link>
      }
    >
      {day?.seen === 0 && host?.daemon.reached === false ? (
        <p className={styles.note}>Not seen: Docker on {host.name} does not answer.</p>
      ) : (
        <p className={styles.big}>
          {/* as high as the number that is on its way */}
          <b>{day ? `${day.isPartial ? 'at least ' : ''}${day.failed}` : '\u00a0'}</b> {day && seenText(day)}
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

function seenText({ seen, isPartial }: FailedPullsOfDay): string {
  if (seen === 0) return 'No pull was seen.';
  return `of ${isPartial ? 'the last ' : ''}${countText(seen, 'pull')} seen`;
}

function CauseRow({ row: { cause, count, hours, registries } }: { row: FailedCause }) {
  const { family, badge } = causeFacts[cause];
  return (
    <li data-family={family}>
      <CauseLink cause={cause}>
        <i className={styles.family} aria-hidden="true" />
        <span>
          <b>{badge}</b>
          <small>{registries.slice(0, 2).join(', ')}</small>
        </span>
        <Sparkline counts={hours} />
        <span className={styles.count}>
          {count}
          <span className="sr"> failed</span>
        </span>
      </CauseLink>
    </li>
  );
}
