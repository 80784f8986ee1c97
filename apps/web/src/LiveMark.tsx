import { useNow } from './clock.ts';
import styles from './Layout.module.css';
import { retryLive, useLiveState } from './live-updates.ts';

/** Whether what is shown is kept fresh: fed by the event stream's heartbeat. */
export function LiveMark() {
  const state = useLiveState();
  return (
    <div className={styles.live} data-live={state.kind}>
      <span className={styles.dot} aria-hidden="true" />
      {state.kind === 'live' && 'Live'}
      {state.kind === 'connecting' && 'Connecting'}
      {state.kind === 'lost' && <Reconnecting retryAt={state.retryAt} />}
      {/* the one assertive region of the page: the line to the server is gone */}
      <span className="sr" role="alert">
        {state.kind === 'lost' ? 'Connection lost' : ''}
      </span>
    </div>
  );
}

function Reconnecting({ retryAt }: { retryAt: number }) {
  useNow(1000);
  const seconds = Math.max(Math.ceil((retryAt - Date.now()) / 1000), 0);
  return (
    <button type="button" className={styles.retry} title="Try now" onClick={retryLive}>
      {seconds > 0 ? `Reconnecting in ${seconds}\u00a0s` : 'Reconnecting'}
    </button>
  );
}
