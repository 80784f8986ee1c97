import { causeFacts } from '@pull-doctor/contract/causes';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ApiError } from '../../api.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { countText, momentText } from '../../ui/time-text.ts';
import { cleared } from './FilterBar.tsx';
import { filtersOf, type HistoryView, instantsText, presetWords, type Range } from './filters.ts';
import styles from './HistoryPage.module.css';
import { rangeStatsQuery, stateQuery } from './history-queries.ts';
import type { History } from './useHistory.ts';

/** No attempt to show: because of the filters, of the range, or because none was ever heard of. */
export function NothingHere({ history }: { history: History }) {
  const { view } = history;
  const set = filtersOf(view);
  const { data: state } = useQuery(stateQuery);
  const isNew = set.length === 0 && state?.kept.attempts === 0;
  return (
    <Card label="Pull attempts">
      {isNew ? (
        <NoPullYet />
      ) : set.length > 0 ? (
        <Filtered history={history} />
      ) : (
        <NoneInRange history={history} />
      )}
    </Card>
  );
}

const numbers = ['no filter', 'one filter', 'two filters', 'three filters', 'four filters', 'five filters'];

function Filtered({ history: { view, change } }: { history: History }) {
  const set = filtersOf(view);
  const { data: range } = useQuery(rangeStatsQuery(view));
  const filters = numbers[set.length] ?? `${set.length} filters`;
  const hidden = range?.total.attempts ?? 0;
  return (
    <EmptyState
      icon="filter"
      title={filteredTitle(view)}
      actions={
        <>
          <Button kind="primary" onClick={() => change(cleared(view))}>
            {set.length === 1
              ? 'Clear the filter'
              : set.length === 2
                ? 'Clear both filters'
                : 'Clear the filters'}
          </Button>
          <Wider range={view.range} onChange={change} />
        </>
      }
    >
      {range && hidden > 0
        ? `${countText(hidden, 'attempt')} of ${rangeWords(view.range)} ${hidden === 1 ? 'is' : 'are'} hidden by ${filters}: `
        : `There is no pull of ${rangeWords(view.range)} at all. Filters: `}
      {set.map(({ says }) => says).join(', ')}.
    </EmptyState>
  );
}

/** What was looked for and not found, as a sentence where it is simple enough for one. */
function filteredTitle(view: HistoryView): string {
  const [cause] = view.causes;
  const what =
    view.causes.length === 1 && cause
      ? `failed with “${causeFacts[cause].badge}”`
      : view.outcomes.length === 1 && view.outcomes[0] !== 'running'
        ? { pulled: 'was pulled', failed: 'failed', stopped: 'was stopped' }[view.outcomes[0] ?? 'failed']
        : 'is like that';
  if (view.causes[0] === 'rate-limited' && view.causes.length === 1)
    return `Nothing${view.registry ? ` from ${view.registry}` : ''} was rate limited`;
  const isSimple = view.families.length === 0 && view.q.trim() === '';
  if (!isSimple) return 'No attempt has all of this';
  return `Nothing${view.registry ? ` from ${view.registry}` : ''} ${what}`;
}

function NoneInRange({ history: { view, change } }: { history: History }) {
  const { data: state } = useQuery(stateQuery);
  const log = state?.doors.find(({ door }) => door === 'daemon-log');
  return (
    <EmptyState
      icon="history"
      title={`No pull was seen in ${rangeWords(view.range)}`}
      actions={<Wider range={view.range} onChange={change} />}
    >
      {state?.kept.oldestAt
        ? `The oldest pull that is kept is of ${momentText(state.kept.oldestAt)}. `
        : 'None was ever seen. '}
      {log && log.state !== 'open' ? (log.unseen ?? log.says) : 'Every way that is open was listened to.'}
    </EmptyState>
  );
}

function NoPullYet() {
  const { data: state } = useQuery(stateQuery);
  const shut = state?.doors.filter(({ state: is, unseen }) => is !== 'open' && unseen) ?? [];
  return (
    <EmptyState
      icon="download"
      title="No pull was seen yet"
      actions={
        <Link to="/diagnose" className={buttonClass({ kind: 'primary' })}>
          Diagnose an image
        </Link>
      }
    >
      Each docker pull on this host is listed here, whether it works or fails, as far as Pull Doctor hears of
      it. {shut.map(({ unseen }) => unseen).join(' ')}
    </EmptyState>
  );
}

function Wider({ range, onChange }: { range: Range; onChange: History['change'] }) {
  if ('preset' in range && range.preset === '30d') return null;
  return <Button onClick={() => onChange({ from: '30d', to: '' })}>Look at 30 days</Button>;
}

const rangeWords = (range: Range): string =>
  'preset' in range ? presetWords[range.preset] : `${instantsText(range)} UTC`;

/** For a person without the right to see the history: who can grant it. */
export function DeniedHistory({ error, tabs }: { error: ApiError; tabs: ReactNode }) {
  return (
    <>
      <div className={styles.head}>
        <h1>Pull history</h1>
        {tabs}
      </div>
      <Card label="Pull history">
        <EmptyState icon="lock" title={error.message}>
          {error.todo}
        </EmptyState>
      </Card>
    </>
  );
}
