import type { Door, PullAttempt } from '@pull-doctor/contract/attempts';
import type { DoorState } from '@pull-doctor/contract/history';
import type { FastifyBaseLogger } from 'fastify';
import { chooseLog } from '../../daemon/log/choose-log.ts';
import type { Edges } from '../../edges.ts';
import type { Intake } from '../attempts/intake.ts';
import type { DaemonPool, readSurroundings } from '../diagnoses/surroundings.ts';
import { backOff } from './back-off.ts';
import { doorBoard } from './door-board.ts';
import { eventsWatcher } from './events-watcher.ts';
import { type DaemonWays, logWatcher } from './log-watcher.ts';

/** The ways in which Pull Doctor hears of pulls by itself. */
export interface Doors {
  /** Begins to listen; returns at once. */
  start(): void;
  stop(): Promise<void>;
  /** All doors, as they were last measured. */
  read(): DoorState[];
}

// What is asked of the daemon before the first line of its log; it may be slow to come up with the machine.
const waysMsMax = 5_000;

export function openDoors(parts: {
  edges: Edges;
  daemons: DaemonPool;
  readSurroundings: typeof readSurroundings;
  intake: Intake;
  /** The newest attempt that came by a door. */
  lastOf: (door: Door) => Pick<PullAttempt, 'startedAt'> | undefined;
  log: FastifyBaseLogger;
  /** A door's state is another than before, or the daemon came or went. */
  changed: () => void;
}): Doors {
  const { edges, daemons, intake, log } = parts;
  const { config, now } = edges;
  const nowMs = () => now().getTime();
  const board = doorBoard(now, parts.changed);
  const stopping = new AbortController();
  const running: Promise<void>[] = [];
  const surroundings = () => parts.readSurroundings(edges, daemons, AbortSignal.timeout(waysMsMax));

  const ways = async (): Promise<DaemonWays> => {
    const { look, daemonConfig } = await surroundings();
    const { mirrors, insecureRegistries } = look.reached
      ? look.info
      : { ...daemonConfig, mirrors: daemonConfig.registryMirrors };
    return { mirrors: [...mirrors], insecureRegistries: [...insecureRegistries] };
  };
  const source = chooseLog(config.daemonLog, edges.environment, () => process.stdin);
  const watchedLog = 'none' in source ? null : logWatcher(source, { intake, board, ways, nowMs, log });
  if ('none' in source)
    board.set('daemon-log', {
      state: 'shut',
      says: `${source.none}${config.inContainer && config.daemonLog === 'auto' ? ' deploy/journal.compose.yml lets the container read the journal of the host.' : ''}`,
    });
  const watchedEvents = eventsWatcher({
    daemon: async () => (await surroundings()).daemon,
    intake,
    board,
    nowMs,
    log,
    changed() {
      watchedLog?.refresh();
      parts.changed();
    },
  });

  /** What goes wrong in an unforeseen way is told and tried again: a door does not stay shut for it. */
  async function keepRunning(name: string, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = stopping;
    const again = backOff(signal);
    while (!signal.aborted)
      try {
        return await run(signal);
      } catch (error) {
        log.error({ err: error }, `listening to ${name} broke off`);
        await again.wait();
      }
  }

  return {
    start() {
      if (running.length > 0) return;
      if (watchedLog) running.push(keepRunning('the daemon’s log', watchedLog.run));
      running.push(keepRunning('the daemon’s events', watchedEvents.run));
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
    read: () =>
      board.read().map((state) => ({
        ...state,
        lastAt: state.lastAt ?? parts.lastOf(state.door)?.startedAt ?? null,
      })),
  };
}
