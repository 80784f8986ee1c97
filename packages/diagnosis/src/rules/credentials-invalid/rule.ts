import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { logoutCommand, signInCommands } from '../../facts/commands.ts';
import { credentialInWords } from '../../facts/credential.ts';
import { otherReadings } from '../../facts/other-readings.ts';
import { type RefusalRead, readRefusal } from '../../facts/read-refusal.ts';
import { anonymousWorks } from '../../facts/refusal.ts';
import { refusalInWords, stepsOfRefusal } from '../../facts/registry-words.ts';
import { subjectOf } from '../../facts/subject.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const credentialsInvalid = defineRule({
  cause: 'credentials-invalid',
  decides: 'Whether the registry takes the stored credential.',
  needs: ['reference'],

  examine(evidence) {
    const read = readRefusal(evidence);
    if (read?.cause !== 'credentials-invalid') return;
    const isPublic = anonymousWorks(evidence);
    return {
      certainty: read.certainty,
      ...(read.confirmedBy ? { confirmedBy: read.confirmedBy } : {}),
      what: headline(evidence, read),
      why: `${refusalInWords(evidence)} ${detail(evidence, read)}`,
      todo: isPublic
        ? 'This image is public: docker logout is enough, since without the stored login it can be read. For private images, sign in again.'
        : 'Replace the stored credential: sign in again with one that is valid.',
      commands: isPublic ? [logoutCommand(evidence), ...signInCommands(evidence)] : signInCommands(evidence),
      wizard: 'sign-in',
      alternatives: otherReadings(evidence, read.alternatives),
      restsOn: stepsOfRefusal(evidence),
    };
  },

  rulesOut(evidence) {
    const { login } = evidence.token ?? {};
    if (login?.outcome === 'accepted' && subjectOf(evidence).provider.id !== 'nexus') {
      return `The login by itself is accepted: ${login.why}`;
    }
    return evidence.credentials && !evidence.credentials.used ? 'No credential is sent.' : undefined;
  },

  signs,
  heard: (evidence) => ({
    what: `${subjectOf(evidence).registryName} refuses this credential.`,
    todo: 'Sign in again with a credential that is valid.',
    commands: signInCommands(evidence),
    wizard: 'sign-in',
  }),
});

function headline(evidence: Evidence, read: RefusalRead): string {
  const { registryName } = subjectOf(evidence);
  return read.because === 'token-not-accepted'
    ? `${registryName} does not accept the token that this login got.`
    : `${registryName} refuses this credential.`;
}

function detail(evidence: Evidence, read: RefusalRead): string {
  const used = evidence.credentials?.used;
  const sent = used ? `Docker sends ${credentialInWords(used)}.` : '';
  const { provider } = subjectOf(evidence);
  switch (read.because) {
    case 'token-not-accepted':
      return `${sent} The token server took it and gave a token whose dates are right; the registry calls the token invalid, so it was signed by a key that the registry does not know, or revoked.`;
    case 'login-refused':
      return `${sent} ${provider.id === 'ghcr' ? 'GitHub answers so when a token is expired, revoked, or lacks read:packages.' : 'It is wrong, revoked, or was never valid here.'}`;
    default:
      return `${sent} Whether it is wrong, has ended, or lacks a right, this registry does not tell.`;
  }
}
