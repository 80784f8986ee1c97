import { useEffect, useState } from 'react';
import { serverNow } from './clock.ts';
import type { LiveState } from './live.ts';
import { retryLive, useLiveState } from './live-updates.ts';
import { RetryIn } from './RetryIn.tsx';
import { Banner } from './ui/Banner.tsx';
import { Button } from './ui/Button.tsx';
import { clockText } from './ui/time-text.ts';

const patienceMs = 5000;

/** Whether the server is gone for longer than a blink, so that what is shown is muted and dated. */
export function useIsStale(): boolean {
  const state = useLiveState();
  const lostSince = state.kind === 'lost' ? state.since : null;
  const [isStale, setStale] = useState(false);
  useEffect(() => {
    setStale(false);
    if (lostSince === null) return undefined;
    const timer = setTimeout(() => setStale(true), Math.max(patienceMs - (Date.now() - lostSince), 0));
    return () => clearTimeout(timer);
  }, [lostSince]);
  return isStale && lostSince !== null;
}

/** Over what was known before the server was lost: from when it is, and when the next try is. */
export function StaleNote() {
  const state = useLiveState();
  const isStale = useIsStale();
  return isStale && state.kind === 'lost' ? <LostNote state={state} /> : null;
}

function LostNote({ state }: { state: LiveState & { kind: 'lost' } }) {
  const [lostAt] = useState(() => new Date(serverNow() - (Date.now() - state.since)).toISOString());
  return (
    <Banner
      tone="unknown"
      icon="unreachable"
      title="The Pull Doctor server does not answer."
      action={<Button onClick={retryLive}>Try now</Button>}
    >
      This is what was known at {clockText(lostAt)} UTC. <RetryIn state={state} />
    </Banner>
  );
}
