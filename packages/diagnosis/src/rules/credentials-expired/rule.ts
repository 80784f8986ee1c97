import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { clockThatDiffers } from '../../facts/clock.ts';
import { logoutCommand, signInCommands } from '../../facts/commands.ts';
import { credentialInWords, endedSecondsAgo } from '../../facts/credential.ts';
import { type RefusalRead, readRefusal } from '../../facts/read-refusal.ts';
import { anonymousWorks } from '../../facts/refusal.ts';
import { refusalInWords } from '../../facts/registry-words.ts';
import { subjectOf } from '../../facts/subject.ts';
import { tokenOutOfTime } from '../../facts/token-times.ts';
import { duration } from '../../words/duration.ts';
import { instant, secondsBetween } from '../../words/instant.ts';
import { stop, upperFirst } from '../../words/sentence.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const credentialsExpired = defineRule({
  cause: 'credentials-expired',
  decides: 'When the stored credential ends, by its own account or the registry’s.',
  needs: ['reference'],

  examine(evidence) {
    const read = readRefusal(evidence);
    if (read?.cause !== 'credentials-expired') return;
    const { registryName } = subjectOf(evidence);
    const isPublic = anonymousWorks(evidence);
    return {
      certainty: read.certainty,
      ...(read.confirmedBy ? { confirmedBy: read.confirmedBy } : {}),
      what: headline(evidence, read),
      why: why(evidence, read),
      todo: isPublic
        ? 'This image is public: docker logout is enough, since without the old login it can be read. For private images, sign in again.'
        : read.because === 'token-ended'
          ? `Sign in again. If that does not help, the owner of ${registryName} must look at the clock and the store of the token server.`
          : 'Sign in again, and let a credential helper renew it where there is one.',
      commands: isPublic ? [logoutCommand(evidence), ...signInCommands(evidence)] : signInCommands(evidence),
      wizard: 'refresh-credential',
      alternatives: read.alternatives.map((cause) => ({
        cause,
        why: 'A token server whose clock is behind dates its tokens into the past.',
        decides: 'Compare the clock of the token server with the one of the registry.',
      })),
      restsOn: read.because === 'token-ended' ? ['token', 'manifest'] : ['credentials', 'token'],
    };
  },

  rulesOut({ credentials, now }) {
    const used = credentials?.used;
    if (!used) return;
    if (used.expiry.state === 'no-expiry') return `The credential has no end. ${stop(used.expiry.source)}`;
    if (used.expiry.endsAt && endedSecondsAgo(used, now) === null) {
      return `The credential works until ${instant(used.expiry.endsAt)}.`;
    }
    return;
  },

  signs,
  heard: (evidence) => ({
    what: `The credential for ${subjectOf(evidence).registryName} has expired.`,
    todo: 'Sign in again.',
    commands: signInCommands(evidence),
    wizard: 'refresh-credential',
  }),
});

function headline(evidence: Evidence, read: RefusalRead): string {
  const { registryName, provider } = subjectOf(evidence);
  const ago = endedSecondsAgo(evidence.credentials?.used, evidence.now);
  const what = provider.id === 'ecr' ? 'The ECR token' : `The credential for ${registryName}`;
  if (read.because === 'token-ended') return `${registryName} was asked with a token that had already ended.`;
  return ago === null ? `${what} has expired.` : `${what} ran out ${duration(ago)} ago.`;
}

function why(evidence: Evidence, read: RefusalRead): string {
  const said = refusalInWords(evidence);
  const used = evidence.credentials?.used;
  const ended = used?.expiry.endsAt
    ? `${upperFirst(credentialInWords(used))} names its own end: ${instant(used.expiry.endsAt)}.`
    : '';
  const { provider } = subjectOf(evidence);
  const life =
    provider.id === 'ecr' && used?.expiry.issuedAt && used.expiry.endsAt
      ? ` ECR passwords live ${duration(secondsBetween(used.expiry.issuedAt, used.expiry.endsAt))}.`
      : '';
  const token = read.because === 'token-ended' ? tokenOutOfTime(evidence) : null;
  const stale = token
    ? `The login was accepted, but the token that came for it had ended at ${instant(token.at)}, ${duration(token.seconds)} before it was used.`
    : '';
  const clock = clockThatDiffers(evidence);
  const off = clock
    ? ` The clock of ${clock.whose} is ${duration(clock.offsetSeconds)} off ours; that was counted in.`
    : '';
  return [said, ended, stale].filter(Boolean).join(' ') + life + off;
}
