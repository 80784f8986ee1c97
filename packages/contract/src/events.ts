import * as z from 'zod';

/**
 * What the event stream carries (`GET /api/v1/events`, text/event-stream): an id and a kind, never data. Events are
 * hints; GET is the truth. The name of an event is its kind; `id:` counts up and serves Last-Event-ID.
 */
export const LiveEvent = z
  .object({
    kind: z.enum([
      'diagnosis-changed',
      'attempt-recorded',
      'host-changed',
      'registry-changed',
      'missed-events',
    ]),
    id: z
      .string()
      .describe(
        'Of the thing that changed, such as the host of a registry; empty for `missed-events`: fetch everything again.',
      ),
  })
  .meta({ id: 'LiveEvent' });
export type LiveEvent = z.infer<typeof LiveEvent>;

/** Sent as event `heartbeat` on opening and every 15 s. */
export const Heartbeat = z
  .object({ now: z.iso.datetime().describe("The server's time.") })
  .meta({ id: 'Heartbeat' });
export type Heartbeat = z.infer<typeof Heartbeat>;
