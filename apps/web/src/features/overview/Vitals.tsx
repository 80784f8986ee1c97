import type { RegistryBoard } from '@pull-doctor/contract/registries';
import { groupOutcomes } from '../../login-outcome.ts';
import { SkeletonLine } from '../../ui/Skeleton.tsx';
import { StatusMark } from '../../ui/StatusBadge.tsx';
import { clockText } from '../../ui/time-text.ts';
import { VitalsBar } from '../../ui/VitalsBar.tsx';
import { vitalsOf } from '../registries/row-words.ts';
import { UserSelect } from '../registries/UserSelect.tsx';
import styles from './OverviewPage.module.css';

/** The sentence on top, what is under it, and the bar that says the same at a glance. */
export function Vitals({
  board,
  isSkeleton,
  isDenied,
  isStale,
}: {
  board: RegistryBoard | undefined;
  isSkeleton: boolean;
  isDenied: boolean;
  isStale: boolean;
}) {
  if (!board)
    return (
      <div className={styles.verdict}>
        <div className={styles.waiting}>
          <h1>
            {isDenied ? (
              'No access to the registries'
            ) : isSkeleton ? (
              <SkeletonLine width={40} size="lg" />
            ) : (
              <span className="sr">Overview</span>
            )}
          </h1>
          {isSkeleton && <SkeletonLine width={60} />}
        </div>
      </div>
    );
  const { each, groups, sentence } = vitalsOf(board.items);
  return (
    <div className={styles.verdict}>
      <div>
        <h1>{board.title}</h1>
        <p>
          {isStale && `As of ${clockText(board.now)} UTC. `}
          {board.under}
        </p>
      </div>
      <div className={styles.vitals}>
        <UserSelect users={board.users} user={board.user} />
        {board.items.length > 0 && (
          <>
            <ul className={styles.key} aria-hidden="true">
              {groups.map(({ group, tone, count }) => (
                <li key={group}>
                  <StatusMark tone={tone} icon={groupOutcomes[group].icon} />
                  <b>{count}</b> {groupOutcomes[group].counted(count)}
                </li>
              ))}
            </ul>
            <VitalsBar each={each} groups={groups} sentence={sentence} />
          </>
        )}
      </div>
    </div>
  );
}
