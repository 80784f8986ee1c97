import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError } from '../../api.ts';
import { useShortcuts } from '../../keyboard.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { Drawer, drawerButtonClass } from '../../ui/Drawer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { SkeletonLine, useSkeleton } from '../../ui/Skeleton.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import styles from './AttemptDrawer.module.css';
import { AttemptFacts } from './AttemptFacts.tsx';
import type { AttemptRow } from './fold.ts';
import { attemptQuery } from './history-queries.ts';

/** One attempt beside the list: what was said, what was read in it, where it came from, how often it happened. */
export default function AttemptDrawer({
  id,
  rows,
  isWhole,
  onOpen,
  onClose,
}: {
  id: string;
  rows: readonly AttemptRow[];
  /** No more rows are to come. */
  isWhole: boolean;
  onOpen: (id: string) => void;
  onClose: () => void;
}) {
  const at = rows.findIndex(({ attempts }) => attempts.some((attempt) => attempt.id === id));
  const row = rows[at];
  const listed = row?.attempts.find((attempt) => attempt.id === id);
  // a link may lead to an attempt that the list does not have: of another range, or deleted since
  const { data, error, isPending } = useQuery({ ...attemptQuery(id), enabled: listed === undefined });
  const attempt = listed ?? data;
  const isSkeleton = useSkeleton(attempt === undefined && isPending);
  const beside = (by: 1 | -1): string | undefined => (at < 0 ? undefined : rows[at + by]?.id);
  const previous = beside(-1);
  const next = beside(1);
  useShortcuts(
    useMemo(
      () => ({
        'previous-attempt': () => previous && onOpen(previous),
        'next-attempt': () => next && onOpen(next),
      }),
      [previous, next, onOpen],
    ),
  );
  const place =
    at < 0
      ? 'Attempt'
      : `Attempt ${(at + 1).toLocaleString('en')}${isWhole ? ` of ${rows.length.toLocaleString('en')}` : ''}`;
  return (
    <Drawer
      label="Pull attempt"
      onClose={onClose}
      head={
        <>
          <span>{place}</span>
          <Beside name="Previous attempt" keyName="[" icon="up" to={previous} onOpen={onOpen} />
          <Beside name="Next attempt" keyName="]" icon="down" to={next} onOpen={onOpen} />
          <CopyLink />
        </>
      }
    >
      {attempt && <AttemptFacts key={attempt.id} attempt={attempt} repeats={row?.attempts ?? [attempt]} />}
      {!attempt && error && <NotThere error={error} id={id} />}
      {!attempt && !error && isSkeleton && (
        <div className={styles.skeleton}>
          {[40, 70, 90, 60].map((width) => (
            <SkeletonLine key={width} width={width} />
          ))}
        </div>
      )}
    </Drawer>
  );
}

function Beside({
  name,
  keyName,
  icon,
  to,
  onOpen,
}: {
  name: string;
  keyName: string;
  icon: 'up' | 'down';
  to: PullAttempt['id'] | undefined;
  onOpen: (id: string) => void;
}) {
  return (
    <button
      type="button"
      className={drawerButtonClass}
      aria-label={name}
      title={`${name} (${keyName})`}
      disabled={to === undefined}
      onClick={() => to && onOpen(to)}
    >
      <Icon id={icon} />
    </button>
  );
}

function CopyLink() {
  const { isCopied, copy } = useCopy();
  const name = isCopied ? 'Link copied' : 'Copy the link to this attempt';
  return (
    <button
      type="button"
      className={drawerButtonClass}
      aria-label={name}
      title={name}
      onClick={() => copy(window.location.href)}
    >
      <Icon id={isCopied ? 'check' : 'link'} />
    </button>
  );
}

function NotThere({ error, id }: { error: Error; id: string }) {
  if (!(error instanceof ApiError && error.status === 404))
    return <ProblemBanner error={error} title="The attempt could not be read." />;
  return (
    <EmptyState
      icon="trash"
      title="This attempt is not kept any more"
      facts={[{ label: 'Attempt', value: id }]}
    >
      Attempts are deleted by age and size. The counts of its hour are kept longer.
    </EmptyState>
  );
}
