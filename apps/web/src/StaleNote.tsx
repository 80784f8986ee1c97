import { useNow } from './clock.ts';
import { retryLive, useLiveState } from './live-updates.ts';
import { RetryIn } from './RetryIn.tsx';
import { Banner } from './ui/Banner.tsx';
import { Button } from './ui/Button.tsx';
import { clockText } from './ui/time-text.ts';

const patienceMs = 5000;

/** Whether the server is gone for longer than a blink, so that what is shown is muted and dated. */
export function useIsStale(): boolean {
  const state = useLiveState();
  useNow(1000);
  return state.kind === 'lost' && Date.now() - state.since >= patienceMs;
}

/** Over what was known before the server was lost: from when it is, and when the next try is. */
export function StaleNote() {
  const state = useLiveState();
  const isStale = useIsStale();
  const now = useNow(1000);
  if (!isStale || state.kind !== 'lost') return null;
  const lostAt = new Date(now - (Date.now() - state.since));
  return (
    <Banner
      tone="unknown"
      icon="unreachable"
      title="The Pull Doctor server does not answer."
      action={<Button onClick={retryLive}>Try now</Button>}
    >
      This is what was known at {clockText(lostAt.toISOString())} UTC. <RetryIn state={state} />
    </Banner>
  );
}
