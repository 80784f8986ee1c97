import type { ImageReference, ReferenceFault } from '@pull-doctor/contract/image-reference';
import { findFault } from './find-fault.ts';
import { readReference } from './grammar.ts';

export type ParsedReference = { ok: true; reference: ImageReference } | { ok: false; fault: ReferenceFault };

/**
 * Reads what follows `docker pull`, as Docker does: grammar and normalisation of github.com/distribution/reference.
 *
 * Tag and digest are both kept when both are given. Two texts that Docker's grammar lets through are refused, since no
 * pull of them can reach a registry: a port outside 1 to 65535, and a host with an underscore, which Docker then takes
 * for a part of the repository on a host without a name.
 *
 * Takes any text, never throws, in time linear in its length. A fault has one sentence, its place, and the corrected
 * reference where there is an obvious one that is valid.
 */
export function parseReference(text: string): ParsedReference {
  const reference = readReference(text);
  return reference ? { ok: true, reference } : { ok: false, fault: findFault(text) };
}
