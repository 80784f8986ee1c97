import type { CredentialSource, CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import type { RegistryRow } from '@pull-doctor/contract/registries';
import type { IconId } from '../../../ui/Icon.tsx';
import type { Tone } from '../../../ui/tone.ts';

export interface TraceStep {
  key: string;
  place: string;
  why: string;
  word: string;
  outcome: { tone: Tone; icon: IconId };
}

const states: Record<CredentialSource['state'], Pick<TraceStep, 'word' | 'outcome'>> = {
  used: { word: 'used', outcome: { tone: 'ok', icon: 'ok' } },
  'passed-over': { word: 'passed over', outcome: { tone: 'unknown', icon: 'skipped' } },
  broken: { word: 'broken', outcome: { tone: 'invalid', icon: 'invalid' } },
  absent: { word: 'nothing', outcome: { tone: 'unknown', icon: 'waiting' } },
};
const dead = { word: 'never read', outcome: { tone: 'warning', icon: 'warn' } } as const;

/** The places of one lookup in Docker's order, and after them the entries that look meant for it and are never read. */
export function traceOf(
  credentials: CredentialsEvidence | undefined,
  deadKeys: RegistryRow['deadKeys'],
): TraceStep[] {
  const places = (credentials?.sources ?? []).map(({ place, key, state, why, helper }, index) => ({
    key: `${index}`,
    place: [place, key, helper && `docker-credential-${helper}`].filter(Boolean).join(', '),
    why,
    ...states[state],
  }));
  // An entry that a place names already has its reason there.
  const told = new Set(credentials?.sources.map(({ key }) => key));
  const found = [...(credentials?.deadEntries ?? []), ...deadKeys].filter(({ key }) => !told.has(key));
  const once = new Map(found.map((entry) => [entry.key, entry]));
  return [
    ...places,
    ...[...once.values()].map(({ key, why }) => ({
      key: `dead ${key}`,
      place: key,
      why,
      ...dead,
    })),
  ];
}
