import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Child, startChild } from '@pull-doctor/testkit/child-process';

const program = path.resolve(import.meta.dirname, '../apps/api/dist/main.js');
const startMsMax = 20_000;
const endPollMs = 200;
const lineCharactersMax = 300;

/** The built server, as a program beside us. It ends with us at the latest. */
export interface Server {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  port: number;
  /** Its data folder. */
  data: string;
  /** The sign-in link that it printed; it works once. */
  link: string;
  /** What it wrote to the terminal. */
  lines: readonly string[];
  /** Settles when it has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts apps/api/dist/main.js with exactly this environment and waits until it listens.
 *
 * @throws with what the server said where it does not start.
 */
export async function startServer(environment: Record<string, string>): Promise<Server> {
  const child: Child = startChild([process.execPath, '--max-semi-space-size=2', program], environment);
  const found = await child.lineWith(/^Pull Doctor is ready: (\S+)/, startMsMax);
  const link = found?.[1];
  if (link === undefined) {
    await child.stop();
    // a line of the bundle, which an exception shows, is longer than anybody reads
    const said = child.lines.map((line) => line.slice(0, lineCharactersMax));
    throw new Error(['The server did not start.', ...said].join('\n'));
  }
  const { origin, port } = new URL(link);
  return {
    origin,
    port: Number(port),
    data: environment.PULL_DOCTOR_DATA ?? '',
    link,
    lines: child.lines,
    ended: hasEnded(child),
    stop: () => child.stop(),
  };
}

async function hasEnded(child: Child): Promise<void> {
  while (child.exitCode === null) await wait(endPollMs, undefined, { ref: false });
}
