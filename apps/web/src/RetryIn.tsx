import { useNow } from './clock.ts';
import type { LiveState } from './live.ts';

/** `The next try is in 8 s.`, counting down; nothing while the line is open. */
export function RetryIn({ state }: { state: LiveState }) {
  return state.kind === 'lost' ? <Countdown retryAt={state.retryAt} /> : null;
}

function Countdown({ retryAt }: { retryAt: number }) {
  useNow(1000);
  const seconds = Math.ceil((retryAt - Date.now()) / 1000);
  return <span>{seconds > 0 ? `The next try is in ${seconds}\u00a0s.` : 'Trying now.'}</span>;
}
