import type { Readable } from 'node:stream';
import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import type Docker from 'dockerode';
import * as z from 'zod';
import { daemonFailure } from './daemon-failure.ts';
import { byteLines } from './log/byte-lines.ts';

export interface DaemonEvent {
  kind: 'pulled' | 'reloaded';
  /** By the daemon's clock. */
  atNs: bigint;
  /** The image, as the daemon names it; of a reload the daemon's id. */
  name: string;
}

/** Null: the daemon closed the connection, as it does when it ends. */
export type EventsEnd = NonNullable<DaemonEvidence['failure']> | null;

/** One line of the stream (https://docs.docker.com/reference/api/engine/, "Monitor events"). */
const Line = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string() }),
});

// An event names an image and its labels.
const lineBytesMax = 1024 * 1024;

/** Of the events only those of pulls, and of a configuration that was read anew. A failed pull has none. */
const filters = JSON.stringify({ type: ['image', 'daemon'], event: ['pull', 'reload'] });

export async function* readEvents(
  docker: Docker,
  socketPath: string | null,
  { sinceNs, opened, signal }: { sinceNs: bigint; opened: () => void; signal: AbortSignal },
): AsyncGenerator<DaemonEvent, EventsEnd> {
  try {
    const options = { since: asTimestamp(sinceNs), filters, abortSignal: signal };
    // The type package knows neither nanoseconds nor the signal.
    const stream = (await docker.getEvents(options as object)) as Readable;
    opened();
    const lines = byteLines(lineBytesMax);
    for await (const chunk of stream as AsyncIterable<Buffer>)
      for (const { text } of lines.add(chunk)) {
        const event = eventOf(text);
        if (event) yield event;
      }
    return null;
  } catch (error) {
    // A daemon that is killed breaks the answer off.
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return null;
    return daemonFailure(error, socketPath);
  }
}

/** `1795805393.000000042`, as the daemon reads it. */
const asTimestamp = (ns: bigint) => `${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, '0')}`;

function eventOf(text: string): DaemonEvent | null {
  // Read from the text: as a JSON number the nanoseconds would be rounded.
  const ns = /"timeNano":(\d{1,20})/.exec(text)?.[1];
  const parsed = Line.safeParse(jsonOf(text));
  if (ns === undefined || !parsed.success) return null;
  const { Type, Action, Actor } = parsed.data;
  if (Type === 'image' && Action === 'pull') return { kind: 'pulled', atNs: BigInt(ns), name: Actor.ID };
  if (Type === 'daemon' && Action === 'reload') return { kind: 'reloaded', atNs: BigInt(ns), name: Actor.ID };
  return null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not of a daemon; the next line may be.
    return null;
  }
}
