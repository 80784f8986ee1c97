import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { platformText } from '../../words/platform.ts';
import { list } from '../../words/sentence.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const platformMismatch = defineRule({
  cause: 'platform-mismatch',
  decides: 'For which platforms the image exists.',
  needs: ['platform'],

  examine(evidence) {
    const { platform } = evidence;
    if (platform?.fits !== 'no') return;
    // An image that stands alone is pulled whatever it is for, unless a platform was asked for by name.
    if (platform.kind === 'image' && platform.wantedFrom !== 'asked') return;
    const { image } = subjectOf(evidence);
    const wanted = platformText(platform.wanted);
    const available = platform.available.map(platformText);
    const isAlone = platform.kind === 'image';
    return {
      ...(isAlone
        ? { certainty: 'very-likely' as const, mayStillPull: true }
        : { certainty: 'confirmed' as const, confirmedBy: 'registry' as const }),
      what: `${image} exists, but not for ${wanted}.`,
      why: isAlone
        ? `It is a single image for ${list(available) || 'another platform'}, and ${wanted} was asked for by name. Some versions of Docker refuse that, others pull it with a warning.`
        : `Its index lists ${list(available) || 'no platform at all'}. ${wantedFrom(evidence, wanted)}`,
      ...advice(evidence, available),
      restsOn: ['platform'],
    };
  },

  rulesOut({ platform }) {
    return platform?.fits === 'yes' ? `It is there for ${platformText(platform.wanted)}.` : undefined;
  },

  staysOpen: (evidence) =>
    evidence.manifest && !evidence.platform ? 'the manifest can be read.' : undefined,

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: `${subjectOf(evidence).image} exists, but not for the platform of ${hostName(evidence)}.`,
    ...advice(evidence, evidence.platform?.available.map(platformText) ?? []),
  }),
});

function wantedFrom({ platform, daemon }: Evidence, wanted: string): string {
  switch (platform?.wantedFrom) {
    case 'asked':
      return `${wanted} was asked for by name.`;
    case 'daemon':
      return `Docker on ${daemon?.info?.name || 'this host'} runs on ${wanted}.`;
    default:
      return `${wanted} is the platform of the machine that Pull Doctor runs on.`;
  }
}

function advice(
  evidence: Evidence,
  available: readonly string[],
): Pick<RuleFinding, 'todo' | 'commands' | 'wizard'> {
  const { image } = subjectOf(evidence);
  const [first] = available;
  return {
    todo: 'Choose a tag that has this platform, or have the image built for it. An image for another platform runs only under emulation, and slowly.',
    commands: first
      ? [
          {
            command: `docker pull --platform ${shellWord(first)} ${shellWord(image)}`,
            says: `Pulls the image for ${first}. It runs on ${hostName(evidence)} only where emulation (binfmt, QEMU) is set up.`,
            system: 'any',
          },
        ]
      : [],
    wizard: 'check-image-name',
  };
}
