import type { DoorState } from '@pull-doctor/contract/history';
import { useQuery } from '@tanstack/react-query';
import { Age } from '../../Age.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { StatusWord } from '../../ui/StatusBadge.tsx';
import { bytesText, countText, dateText, momentText } from '../../ui/time-text.ts';
import styles from './DoorsDialog.module.css';
import { doorNames } from './doors.ts';
import { stateQuery } from './history-queries.ts';

const states = {
  open: { tone: 'ok', icon: 'ok', word: 'Open' },
  shut: { tone: 'unknown', icon: 'skipped', word: 'Shut' },
  'not-understood': { tone: 'expiring', icon: 'warn', word: 'Not understood' },
  unknown: { tone: 'unknown', icon: 'unknown', word: 'Not known' },
} as const;

/** Which ways Pull Doctor hears of pulls by, what it does not see meanwhile, and how long it keeps what it heard. */
export default function DoorsDialog({ onClose }: { onClose: () => void }) {
  const { data: state } = useQuery(stateQuery);
  return (
    <Dialog title="How Pull Doctor hears of pulls" onClose={onClose}>
      <ul className={styles.doors}>
        {state?.doors.map((door) => (
          <Door key={door.door} door={door} />
        ))}
      </ul>
      {state && (
        <dl className={styles.kept}>
          <dt>Kept for</dt>
          <dd>
            {countText(state.kept.days, 'day')}, or until the file has{' '}
            {bytesText(state.kept.megabytes * 1_000_000)}
          </dd>
          <dt>At the moment</dt>
          <dd>
            {countText(state.kept.attempts, 'attempt')} in {bytesText(state.kept.fileBytes)}
          </dd>
          <dt>Oldest</dt>
          <dd>{state.kept.oldestAt === null ? 'none yet' : momentText(state.kept.oldestAt)}</dd>
          {state.kept.sumsSince !== null && (
            <>
              <dt>Hourly sums</dt>
              <dd>since {dateText(state.kept.sumsSince)}</dd>
            </>
          )}
        </dl>
      )}
    </Dialog>
  );
}

function Door({ door: { door, state, says, unseen, lastAt } }: { door: DoorState }) {
  return (
    <li>
      <div>
        <h3>{doorNames[door]}</h3>
        <StatusWord {...states[state]} isQuiet />
      </div>
      <p>{says}</p>
      {unseen && <p className={styles.unseen}>{unseen}</p>}
      {lastAt && (
        <small>
          Last heard of a pull <Age at={lastAt} />
        </small>
      )}
    </li>
  );
}
