import { type Cause, causeFacts } from '@pull-doctor/contract/causes';
import type { Evidence, TextEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { CauseRead } from '@pull-doctor/contract/message';
import { instant } from '../words/instant.ts';
import { quoted } from '../words/sentence.ts';
import { subjectOf } from './subject.ts';

/** The causes that the error text names, surest first; none where its words are not known. */
export function causesRead({ text }: Evidence): CauseRead[] {
  return text?.causes.filter(({ cause }) => cause !== 'unknown') ?? [];
}

/** `Your text says "no basic auth credentials".` */
export function saysOfText(read: CauseRead): string {
  const phrase = phraseOf(read);
  return phrase ? `Your text says ${phrase}.` : 'The words of your text fit it.';
}

/** The words that decided, in quotation marks; empty for a cause that only fits the whole. */
export function phraseOf({ signs }: CauseRead): string {
  return signs[0] ? quoted(signs[0].phrase, 160) : '';
}

/** `24 Nov 2026, 14:02 UTC`, where the text names a time. */
export function timeOfText({ at }: TextEvidence): string | null {
  return at ? instant(new Date(at).toISOString()) : null;
}

/** The registry of the text, where it is another one than that of the image that was asked for. */
export function otherRegistry(evidence: Evidence): string | null {
  const registry = evidence.text?.registry ?? null;
  const asked = evidence.reference?.reference?.registry;
  return registry && asked && registry !== asked && registry !== subjectOf(evidence).host ? registry : null;
}

/** How far a program came that prints a cause: 1 found the address, 2 was connected, 3 was answered by a registry. */
const reached: Partial<Record<Cause, number>> = {
  'connection-failure': 1,
  'plain-http-registry': 2,
  'tls-untrusted': 2,
  'tls-invalid': 2,
  'registry-unavailable': 3,
  'rate-limited': 3,
  'credentials-missing': 3,
  'credentials-expired': 3,
  'credentials-invalid': 3,
  'access-denied': 3,
  'repository-not-found': 3,
  'tag-not-found': 3,
  'platform-mismatch': 3,
  'unsupported-image': 3,
};

/** How far Pull Doctor came that met a cause of the network. */
const stoppedAt: Partial<Record<Cause, number>> = {
  'dns-failure': 0,
  'connection-failure': 1,
  'proxy-failure': 1,
  'tls-untrusted': 2,
  'tls-invalid': 2,
};

const farther = ['', 'found the address of', 'was connected to', 'got an answer of'];

/**
 * Where the program in the text came farther than Pull Doctor, which met a fault of the network on its own way out: what
 * that program did, as a part of a sentence. Where words fit several causes, only what all of them prove counts.
 */
export function cameFarther(evidence: Evidence, met: Cause): string | null {
  const { text } = evidence;
  const own = stoppedAt[met];
  if (!text || own === undefined || otherRegistry(evidence)) return null;
  const read = causesRead(evidence);
  const surest = read.filter(({ certainty }) => certainty === read[0]?.certainty);
  const proved = Math.min(...surest.map(({ cause }) => reached[cause] ?? 0));
  const isAnswered = text.status !== null && read[0]?.cause !== 'proxy-failure';
  const came = isAnswered ? 3 : surest.length > 0 ? proved : 0;
  return came > own ? `${farther[came]} ${subjectOf(evidence).host}` : null;
}

const ofTheImage: readonly Cause[] = [
  'invalid-reference',
  'access-denied',
  'repository-not-found',
  'tag-not-found',
  'platform-mismatch',
  'unsupported-image',
];

export const nameTheImage = 'Name the image, and Pull Doctor asks its registry.';

/** Whether the evidence names what a finding of this cause is about. */
export function isNamed({ reference, text }: Evidence, cause: Cause): boolean {
  if (reference || causeFacts[cause].family === 'host') return true;
  return Boolean(text?.registry) && !ofTheImage.includes(cause);
}
