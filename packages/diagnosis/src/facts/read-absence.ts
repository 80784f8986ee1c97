import type { Certainty } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { dockerManifestAsk } from './asked.ts';
import { subjectOf } from './subject.ts';

/** Which of the two is not there, the repository or what was asked for in it. */
export interface AbsenceRead {
  what: 'repository' | 'tag';
  certainty: Certainty;
  /** Whether the other reading stays open. */
  isOpen: boolean;
  /** Code and sentence of the registry. */
  code: string | null;
  words: string;
}

/**
 * Reads a 404 about the manifest. NAME_UNKNOWN speaks of the repository. MANIFEST_UNKNOWN should speak of the tag, but
 * distribution says it of a missing repository too; the list of tags was asked for that, and `repository.exists` is what
 * came of it.
 */
export function readAbsence(evidence: Evidence): AbsenceRead | null {
  const ask = dockerManifestAsk(evidence);
  if (ask?.outcome !== 'not-found') return null;
  const codes = ask.errors.map(({ code }) => code.toUpperCase());
  // GitLab says this of a registry that is switched off: nothing is known of the image.
  if (codes.includes('UNAVAILABLE')) return null;
  const said = { code: codes[0] ?? null, words: ask.errors[0]?.message ?? '' };
  const exists = evidence.manifest?.repository.exists ?? 'unknown';
  if (codes.includes('NAME_UNKNOWN') || exists === 'no') {
    return { what: 'repository', certainty: 'confirmed', isOpen: false, ...said };
  }
  if (exists === 'yes') return { what: 'tag', certainty: 'confirmed', isOpen: false, ...said };
  const { provider } = subjectOf(evidence);
  const isExact = codes.length > 0 && provider.id !== 'generic' && provider.id !== 'distribution';
  return { what: 'tag', certainty: isExact ? 'very-likely' : 'likely', isOpen: !isExact, ...said };
}
