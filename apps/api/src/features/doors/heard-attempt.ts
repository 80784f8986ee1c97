import { createHash } from 'node:crypto';
import type { HeardPull } from '@pull-doctor/diagnosis/daemon-log/pulls-in-log';
import { canonical } from '@pull-doctor/diagnosis/reference/names';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';
import type { DaemonEvent } from '../../daemon/daemon-events.ts';
import type { NewAttempt } from '../attempts/intake.ts';

type Image = Pick<NewAttempt, 'reference' | 'canonical' | 'registry'>;

const untold = { platform: null, user: null, client: null, bytes: null, diagnosisId: null };

/**
 * A pull that the daemon's log tells of. Its key is the same whenever the same lines are read, so that reading a log
 * again, or the same log by another way, records it once.
 */
export function attemptOfLog(heard: HeardPull): NewAttempt {
  const startedAt = new Date(heard.startedAt);
  const first = heard.lines[0] ?? heard.message;
  return {
    ...untold,
    ...imageOf(heard.reference, heard.registry),
    digest: heard.digest,
    door: 'daemon-log',
    outcome: heard.outcome,
    message: heard.outcome === 'failed' ? heard.message : null,
    startedAt,
    tookMs: Math.max(0, Date.parse(heard.endedAt) - startedAt.getTime()),
    key: `log:${createHash('sha256').update(`${heard.startedAt}\n${first}`).digest('hex').slice(0, 32)}`,
  };
}

/** A pull that worked, of which the daemon told when it had ended. */
export function attemptOfEvent({ atNs, name }: DaemonEvent): NewAttempt {
  return {
    ...untold,
    ...imageOf(name, null),
    digest: null,
    door: 'daemon-events',
    outcome: 'pulled',
    message: null,
    startedAt: new Date(Number(atNs / 1_000_000n)),
    tookMs: null,
    key: `event:${atNs}:${name}`.slice(0, 200),
  };
}

function imageOf(name: string | null, registry: string | null): Image {
  if (name === null) return { reference: null, canonical: null, registry };
  const parsed = parseReference(name);
  if (!parsed.ok) return { reference: null, canonical: name, registry };
  const { reference } = parsed;
  return { reference, canonical: canonical(reference), registry: reference.registry };
}
