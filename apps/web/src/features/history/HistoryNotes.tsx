import { useQuery } from '@tanstack/react-query';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { momentText } from '../../ui/time-text.ts';
import { doorNames } from './doors.ts';
import type { HistoryView } from './filters.ts';
import { stateQuery } from './history-queries.ts';
import type { HistoryKey, HistorySearch } from './search.ts';

/** Over the history: that nothing is recorded, that a door's lines are not understood, what the address asks for in vain. */
export function HistoryNotes({
  view: { unknown },
  onForget,
}: {
  view: HistoryView;
  onForget: (change: HistorySearch, how: { replace: boolean }) => void;
}) {
  const { data: state } = useQuery(stateQuery);
  const strange = state?.doors.filter((door) => door.state === 'not-understood') ?? [];
  if (!state?.trouble && strange.length === 0 && unknown.length === 0) return null;
  const forget = () =>
    onForget(Object.fromEntries(unknown.map((text) => [text.split('=', 1)[0] as HistoryKey, ''])), {
      replace: true,
    });
  return (
    <>
      {state?.trouble && (
        <div role="alert">
          <Banner tone="invalid" icon="disk" title={state.trouble.what}>
            {state.trouble.fix} No pull has been recorded since {momentText(state.trouble.since)}.
          </Banner>
        </div>
      )}
      {strange.map((door) => (
        <Banner key={door.door} tone="expiring" icon="warn" title={`${doorNames[door.door]}: not understood`}>
          {door.says} {door.unseen}
        </Banner>
      ))}
      {unknown.length > 0 && (
        <Banner
          tone="unknown"
          icon="info"
          title="Part of this address is not known here"
          action={<Button onClick={forget}>Leave it out</Button>}
        >
          Ignored: <code>{unknown.join(', ')}</code>
        </Banner>
      )}
    </>
  );
}
