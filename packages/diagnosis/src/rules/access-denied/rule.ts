import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { logoutCommand } from '../../facts/commands.ts';
import { credentialInWords } from '../../facts/credential.ts';
import { otherReadings } from '../../facts/other-readings.ts';
import { type RefusalRead, readRefusal } from '../../facts/read-refusal.ts';
import { anonymousWorks, refusalOf } from '../../facts/refusal.ts';
import { refusalInWords, stepsOfRefusal } from '../../facts/registry-words.ts';
import { subjectOf } from '../../facts/subject.ts';
import { lowerFirst } from '../../words/sentence.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const accessDenied = defineRule({
  cause: 'access-denied',
  decides: 'Whether the registry takes this login and refuses this repository to it.',
  needs: ['reference'],

  examine(evidence) {
    const read = readRefusal(evidence);
    if (read?.cause !== 'access-denied') return;
    return {
      certainty: read.certainty,
      ...(read.confirmedBy ? { confirmedBy: read.confirmedBy } : {}),
      what: headline(evidence, read),
      why: `${refusalInWords(evidence)} ${detail(evidence, read)}`.trim(),
      todo: todo(evidence, read),
      commands: anonymousWorks(evidence) ? [logoutCommand(evidence)] : [],
      wizard: 'access-denied',
      alternatives: otherReadings(evidence, read.alternatives),
      restsOn: stepsOfRefusal(evidence),
    };
  },

  rulesOut: ({ manifest }) =>
    manifest?.[manifest.asDocker === 'signed-in' ? 'signedIn' : 'anonymous']?.outcome === 'found'
      ? 'The manifest may be read.'
      : undefined,

  staysOpen(evidence) {
    const cause = readRefusal(evidence)?.cause;
    return cause === 'credentials-expired' ||
      cause === 'credentials-invalid' ||
      cause === 'credentials-missing'
      ? `a valid login has been tried: whether it may read ${subjectOf(evidence).repository} shows only then.`
      : undefined;
  },

  signs,
  heard: (evidence) => ({
    what: `The login may not read ${subjectOf(evidence).repository}.`,
    todo: `Ask the owner of ${subjectOf(evidence).repository} for the right to pull. ${subjectOf(evidence).provider.leastPrivilege}`,
    wizard: 'access-denied',
  }),
});

function headline(evidence: Evidence, read: RefusalRead): string {
  const { repository, registryName } = subjectOf(evidence);
  if (read.because === 'closed-to-all')
    return `${registryName} does not let this pull through, whoever asks.`;
  if (read.because === 'never-asked')
    return `${registryName} denies ${repository} without asking for a login.`;
  if (read.alternatives.includes('repository-not-found')) {
    return read.because === 'login-works'
      ? `The login works, but ${repository} on ${registryName} may not be read with it, or does not exist.`
      : `${repository} on ${registryName} may not be read with this login, or does not exist.`;
  }
  return evidence.token?.login?.outcome === 'accepted'
    ? `The login works, but may not read ${repository}.`
    : `This login may not read ${repository} on ${registryName}.`;
}

function detail(evidence: Evidence, read: RefusalRead): string {
  const used = evidence.credentials?.used;
  const sent = used ? `Docker sends ${credentialInWords(used)}. ` : '';
  const exists = evidence.manifest?.repository;
  const there = exists?.exists === 'yes' ? ` The repository exists: ${exists.why}` : '';
  switch (read.because) {
    case 'login-works':
      return `${sent}Tried by itself, that login is accepted.${there}`;
    case 'never-asked':
      return 'It answered every request without a challenge, so no login would be sent.';
    case 'closed-to-all':
      return 'That is a rule about the network or the image, not about the login.';
    default:
      return `${sent}${there}`.trim();
  }
}

function todo(evidence: Evidence, read: RefusalRead): string {
  const { repository, host, provider } = subjectOf(evidence);
  if (anonymousWorks(evidence)) {
    return 'This image is public: docker logout is enough, since without the stored login it can be read.';
  }
  if (read.because === 'closed-to-all') {
    return `Show the sentence of the registry to the owner of ${host}: it names the rule.`;
  }
  const action = /is not authorized to perform: ([a-z-]+:[A-Za-z]+)/.exec(
    refusalOf(evidence)?.words ?? '',
  )?.[1];
  const right = action
    ? `The right that is missing is ${action}.`
    : `Enough is: ${lowerFirst(provider.leastPrivilege)}`;
  const first = read.alternatives.includes('repository-not-found')
    ? 'Compare the name letter by letter first. Then ask'
    : 'Ask';
  return `${first} the owner of ${repository} for the right to pull. ${right}`;
}
