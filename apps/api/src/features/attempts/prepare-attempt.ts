import { createHash } from 'node:crypto';
import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import { redactText } from '@pull-doctor/contract/redact';
import { readMessage } from '@pull-doctor/diagnosis/message/read-message';
import type { NewAttempt } from './intake.ts';

/** An attempt as it is stored: secrets hidden, cause read, not in the future. */
export interface PreparedAttempt
  extends Pick<NewAttempt, 'platform' | 'door' | 'outcome' | 'tookMs' | 'bytes' | 'key' | 'diagnosisId'> {
  /** Undefined: this one. */
  host: string | undefined;
  reference: string | null;
  registry: string | null;
  repository: string | null;
  tag: string | null;
  digest: string | null;
  user: string | null;
  client: string | null;
  message: string | null;
  cause: Cause | null;
  certainty: Certainty | null;
  startedAtMs: number;
}

/** The longest message that is kept: the message reader's own limit, and that of a report. */
export const messageCharactersMax = 65_536;

/**
 * Makes an attempt ready to be stored: hides what looks like a secret in each text of it, and reads the cause of a
 * failed one from what is left. A message beyond 64 KB keeps its beginning and its end, where the reason stands.
 */
export function prepareAttempt(attempt: NewAttempt, nowMs: number): PreparedAttempt {
  const { reference, canonical, door, outcome, tookMs, bytes, diagnosisId } = attempt;
  const message = hidden(attempt.message === null ? null : shortened(attempt.message));
  return {
    host: hidden(attempt.host ?? null) ?? undefined,
    platform: hidden(attempt.platform),
    door,
    outcome,
    tookMs,
    bytes,
    key: storedKey(attempt.key),
    diagnosisId,
    reference: hidden(canonical),
    registry: reference?.registry ?? attempt.registry,
    repository: reference?.repository ?? null,
    tag: reference?.tag ?? null,
    digest: reference?.digest ?? hidden(attempt.digest),
    user: hidden(attempt.user),
    client: hidden(attempt.client),
    message,
    ...causeOf(attempt, message),
    startedAtMs: Math.min(attempt.startedAt.getTime(), nowMs),
  };
}

function causeOf(
  { outcome, reference, canonical, cause, certainty }: NewAttempt,
  message: string | null,
): Pick<PreparedAttempt, 'cause' | 'certainty'> {
  if (outcome !== 'failed') return { cause: null, certainty: null };
  if (cause) return { cause, certainty: certainty ?? null };
  // No registry was asked: the name alone is the reason, and Pull Doctor sees that itself.
  if (reference === null && canonical !== null) return { cause: 'invalid-reference', certainty: 'confirmed' };
  const [first] = message === null ? [] : readMessage(message).causes;
  return { cause: first?.cause ?? 'unknown', certainty: first?.certainty ?? 'guess' };
}

/** A key must stay what tells two attempts apart, also where it holds a secret. */
function storedKey(key: string | null): string | null {
  if (key === null || hidden(key) === key) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

function hidden(text: string | null): string | null {
  // SQLite ends a text at the character zero, and PostgreSQL refuses it.
  return text && redactText(text).text.replaceAll('\0', '\uFFFD');
}

function shortened(text: string): string {
  if (text.length <= messageCharactersMax) return text;
  const half = messageCharactersMax / 2 - 16;
  return `${text.slice(0, half)}\n[…]\n${text.slice(-half)}`;
}
