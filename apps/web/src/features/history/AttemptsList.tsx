import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useNow } from '../../clock.ts';
import { setDraft } from '../../draft.ts';
import { outcomeOfAttempt } from '../../outcome.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { attemptsQuery } from '../../queries.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ImageName } from '../../ui/ImageName.tsx';
import { Redactable } from '../../ui/Redactable.tsx';
import { useSkeleton } from '../../ui/Skeleton.tsx';
import { StatusWord } from '../../ui/StatusBadge.tsx';
import { bytesText, countText, durationText } from '../../ui/time-text.ts';
import styles from './HistoryPage.module.css';
import { Cell, HistoryTable, ListSkeleton, MoreButton, Row, When } from './HistoryTable.tsx';

const heads = [
  { name: 'Time, UTC' },
  { name: 'Result' },
  { name: 'Image' },
  { name: 'Seen by' },
  { name: 'Took', isRight: true },
];

const doors: Record<PullAttempt['door'], string> = {
  'pull-doctor': 'Pull Doctor',
  'daemon-log': "The daemon's log",
  'daemon-events': "The daemon's events",
  report: 'A report',
  pasted: 'A pasted text',
};

/** Pull attempts, newest first, a page at a time. */
export function AttemptsList() {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(attemptsQuery);
  const now = useNow(10_000);
  const isSkeleton = useSkeleton(isPending);
  const attempts = data?.pages.flatMap(({ items }) => items);
  if (!attempts)
    return error ? (
      <ProblemBanner error={error} title="The attempts could not be read." />
    ) : (
      isSkeleton && <ListSkeleton />
    );
  if (attempts.length === 0) return <NoAttempts />;
  return (
    <>
      {error && <ProblemBanner error={error} title="The list could not be read anew." />}
      <HistoryTable
        label="Pull attempts"
        heads={heads}
        foot={
          <>
            <span>
              {countText(attempts.length, 'attempt')}
              {hasNextPage ? ' shown, older ones exist' : ''}
            </span>
            {hasNextPage && <MoreButton isBusy={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
          </>
        }
      >
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} now={now} />
        ))}
      </HistoryTable>
    </>
  );
}

function AttemptRow({ attempt, now }: { attempt: PullAttempt; now: number }) {
  const outcome = outcomeOfAttempt(attempt);
  return (
    <Row>
      <Cell name="time">
        <When at={attempt.startedAt} now={now} />
      </Cell>
      <Cell name="result">
        <StatusWord {...outcome} isQuiet={outcome.tone === 'ok'} />
      </Cell>
      <Cell name="image">
        <AttemptLink attempt={attempt} />
        {attempt.message && (
          <small className={styles.message} title={attempt.message}>
            <Redactable text={attempt.message} />
          </small>
        )}
      </Cell>
      <Cell name="more">
        {doors[attempt.door]}
        {attempt.bytes ? `, ${bytesText(attempt.bytes)}` : ''}
      </Cell>
      <Cell name="right">{attempt.tookMs === null ? '' : durationText(attempt.tookMs)}</Cell>
    </Row>
  );
}

/** Leads to the attempt's diagnosis; to a new one where it has none. */
function AttemptLink({ attempt }: { attempt: PullAttempt }) {
  const navigate = useNavigate();
  const { reference } = attempt;
  if (reference === null)
    return (
      <span className={styles.without}>{attempt.registry ?? 'an image that the log does not name'}</span>
    );
  // A pull by tag has found a digest besides; what was asked for is the tag.
  const byDigest = attempt.digest ? `@${attempt.digest.slice(0, 19)}…` : '';
  const version = attempt.tag ? `:${attempt.tag}` : byDigest;
  const name = (
    <ImageName head={`${attempt.registry}/`} rest={`${attempt.repository}${version}`} whole={reference} />
  );
  if (attempt.diagnosisId)
    return (
      <Link to="/diagnose/$id" params={{ id: attempt.diagnosisId }} className={styles.link}>
        {name}
      </Link>
    );
  return (
    <span className={styles.without}>
      {name}
      {attempt.outcome === 'failed' && (
        <Button
          size="sm"
          aria-label={`Diagnose ${reference}`}
          onClick={() => {
            setDraft(reference);
            void navigate({ to: '/diagnose' });
          }}
        >
          Diagnose
        </Button>
      )}
    </span>
  );
}

function NoAttempts() {
  return (
    <Card label="Pull attempts">
      <EmptyState
        icon="download"
        title="No pull was seen yet"
        actions={
          <Link to="/diagnose" className={buttonClass({ kind: 'primary' })}>
            Diagnose an image
          </Link>
        }
      >
        A diagnosis does not pull. A real pull is made only where a person asks for it, and then stands here.
      </EmptyState>
    </Card>
  );
}
