import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '../../clock.ts';
import { outcomeOfCause } from '../../outcome.ts';
import { latestAttemptsQuery, latestDiagnosesQuery } from '../../queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { StatusMark } from '../../ui/StatusBadge.tsx';
import { ageText, momentText } from '../../ui/time-text.ts';
import styles from './DiagnosePage.module.css';
import { failedLately } from './failed-lately.ts';

const shownMax = 5;

/** What failed in the last day, each with a button that diagnoses it now. Nothing where nothing failed. */
export function FailedLately({
  hostName,
  onDiagnose,
  isBusy,
}: {
  hostName: string | undefined;
  onDiagnose: (reference: string) => void;
  isBusy: boolean;
}) {
  const { data: attempts = [] } = useQuery(latestAttemptsQuery);
  const { data: diagnoses = [] } = useQuery(latestDiagnosesQuery);
  const now = useNow(10_000);
  const images = failedLately(attempts, diagnoses, now).slice(0, shownMax);
  if (images.length === 0) return null;
  return (
    <Card
      title={hostName ? `Failed on ${hostName} in the last 24 h` : 'Failed in the last 24 h'}
      aside={<Link to="/history">Pull history</Link>}
    >
      <ul className={styles.recent}>
        {images.map(({ reference, cause, times, lastAt }) => {
          const { tone, icon, word } = outcomeOfCause(cause ?? 'unknown');
          return (
            <li key={reference}>
              <span title={word}>
                <StatusMark tone={tone} icon={icon} />
                <span className="sr">{word}</span>
              </span>
              <code title={reference}>{reference}</code>
              <time dateTime={lastAt} title={momentText(lastAt)}>
                {times === 1 ? 'once,' : `${times} times, last`} {ageText(lastAt, now)}
              </time>
              <Button
                size="sm"
                disabled={isBusy}
                aria-label={`Diagnose ${reference}`}
                onClick={() => onDiagnose(reference)}
              >
                Diagnose
              </Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
