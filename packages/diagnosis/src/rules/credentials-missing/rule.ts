import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { signInCommands } from '../../facts/commands.ts';
import { credentialInWords, unseenCredential } from '../../facts/credential.ts';
import { otherReadings } from '../../facts/other-readings.ts';
import { type RefusalRead, readRefusal } from '../../facts/read-refusal.ts';
import { refusalInWords, stepsOfRefusal } from '../../facts/registry-words.ts';
import { subjectOf } from '../../facts/subject.ts';
import { lowerFirst } from '../../words/sentence.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const credentialsMissing = defineRule({
  cause: 'credentials-missing',
  decides: 'Whether a login is stored for exactly this host, where the program that pulls looks for it.',
  needs: ['reference'],

  examine(evidence) {
    const read = readRefusal(evidence);
    if (read?.cause !== 'credentials-missing') return;
    return {
      certainty: read.certainty,
      ...(read.confirmedBy ? { confirmedBy: read.confirmedBy } : {}),
      what: headline(evidence, read),
      why: `${refusalInWords(evidence)} ${whyNothingWasSent(evidence)}`,
      todo: `Sign in to ${subjectOf(evidence).registryName} as the user who pulls. What is needed: ${lowerFirst(subjectOf(evidence).provider.leastPrivilege)}`,
      commands: signInCommands(evidence),
      wizard: 'sign-in',
      alternatives: otherReadings(evidence, read.alternatives),
      restsOn: stepsOfRefusal(evidence),
    };
  },

  rulesOut({ credentials }) {
    return credentials?.used ? `Docker sends ${credentialInWords(credentials.used)}.` : undefined;
  },

  signs,
  heard: (evidence) => ({
    what: `Nobody is signed in to ${subjectOf(evidence).registryName}.`,
    todo: `Sign in to ${subjectOf(evidence).registryName} as the user who pulls.`,
    commands: signInCommands(evidence),
    wizard: 'sign-in',
  }),
});

function headline(evidence: Evidence, read: RefusalRead): string {
  const { registryName, repository } = subjectOf(evidence);
  if (read.because === 'nothing-seen') {
    return `${registryName} wants a login, and Pull Doctor cannot see whether one is stored.`;
  }
  return read.alternatives.includes('repository-not-found')
    ? `${repository} on ${registryName} is private or does not exist, and nobody is signed in.`
    : `Nobody is signed in to ${registryName}.`;
}

/** Which places were looked at, and the entries that look right and are never read. */
function whyNothingWasSent(evidence: Evidence): string {
  const credentials = evidence.credentials;
  const unseen = unseenCredential(evidence);
  if (unseen) return `A login may be there: ${unseen.why}`;
  if (!credentials) return 'It was asked without a login.';
  if (credentials.used) {
    return `Docker has ${credentialInWords(credentials.used)}, and sends it only to registries that ask for one: this one sends no WWW-Authenticate.`;
  }
  const [dead] = credentials.deadEntries;
  if (dead) return `The entry ${dead.key} is never used for this registry. ${dead.why}`;
  const hidden = credentials.sources.find(({ code }) => code === 'hidden-by-helper');
  if (hidden) return `The entry ${hidden.key ?? ''} in ${hidden.place}: ${lowerFirst(hidden.why)}`;
  const place =
    credentials.file.state === 'absent'
      ? `There is no ${credentials.file.path}`
      : `${credentials.file.path} holds no login for it`;
  return `${place}, so Docker asks without one.`;
}
