import type { FastifyBaseLogger } from 'fastify';
import type { DaemonEvent, EventsEnd } from '../../daemon/daemon-events.ts';
import type { DockerDaemon } from '../../daemon/docker-daemon.ts';
import type { Intake } from '../attempts/intake.ts';
import { backOff } from './back-off.ts';
import type { DoorBoard } from './door-board.ts';
import { attemptOfEvent } from './heard-attempt.ts';
import { keepRecording } from './keep-recording.ts';

const source = 'daemon-events';
// The daemon remembers its last 256 events since it was started; at the first start as many as are of the last day count.
const firstSpanNs = 24n * 3_600n * 1_000_000_000n;
// A connection that breaks without a word is seen by asking the daemon something else meanwhile.
const askMs = 60_000;

/** Follows the daemon's events, over its restarts, and records the pulls that worked. */
export function eventsWatcher(parts: {
  daemon: () => Promise<DockerDaemon>;
  intake: Intake;
  board: DoorBoard;
  nowMs: () => number;
  log: FastifyBaseLogger;
  /** It came, went, or read its configuration anew. */
  changed: () => void;
}) {
  const { intake, board, log } = parts;

  async function run(signal: AbortSignal): Promise<void> {
    const stored = await intake.cursorOf(source);
    let upTo = stored && /^\d+$/.test(stored) ? BigInt(stored) : null;
    const again = backOff(signal);
    while (!signal.aborted) {
      const connection = new AbortController();
      const either = AbortSignal.any([signal, connection.signal]);
      const daemon = await parts.daemon();
      const sinceNs = upTo ?? BigInt(parts.nowMs()) * 1_000_000n - firstSpanNs;
      const opened = () => {
        again.reset();
        board.set('daemon-events', { state: 'open', says: 'Docker tells of each pull that worked.' });
        parts.changed();
      };
      const events = daemon.events(sinceNs, opened, either);
      const stopAsking = askNowAndThen(daemon, connection, either);
      let end: EventsEnd = null;
      try {
        for (;;) {
          const next = await events.next();
          if (next.done) {
            end = next.value;
            break;
          }
          if (!(await take(next.value, signal))) return;
          upTo = next.value.atNs;
        }
      } finally {
        stopAsking();
        await events.return(null);
      }
      if (signal.aborted) return;
      board.set('daemon-events', { state: 'shut', says: whyShut(end, daemon) });
      parts.changed();
      await again.wait();
    }
  }

  /** False where it ends before the event is on disk. */
  async function take(event: DaemonEvent, signal: AbortSignal): Promise<boolean> {
    if (event.kind === 'reloaded') {
      parts.changed();
      return true;
    }
    board.came('daemon-events');
    const readUpTo = { source, cursor: String(event.atNs) };
    return keepRecording(intake, [attemptOfEvent(event)], readUpTo, { log, signal });
  }

  return { run };
}

function askNowAndThen(daemon: DockerDaemon, connection: AbortController, signal: AbortSignal): () => void {
  const timer = setInterval(async () => {
    const { reached } = await daemon.look(signal);
    if (!reached) connection.abort();
  }, askMs);
  timer.unref();
  return () => clearInterval(timer);
}

function whyShut(end: EventsEnd, { address }: DockerDaemon): string {
  if (end === null) return 'The Docker daemon closed the connection. It is asked again every few seconds.';
  switch (end.code) {
    case 'proxy-refuses':
      return 'The proxy in front of the Docker socket refuses GET /events (403). Let it pass: docker-compose.yml shows the line; other proxies have a setting for it, such as EVENTS=1.';
    case 'not-permitted':
      return `The user that Pull Doctor runs as may not use the Docker socket${end.owner ? ` (${end.owner})` : ''}.`;
    case 'no-socket':
    case 'refused':
    case 'timed-out':
      return `No Docker daemon answers at ${address.address}. It is asked again every few seconds.`;
    default:
      return `Docker does not tell its events: ${end.message}`;
  }
}
