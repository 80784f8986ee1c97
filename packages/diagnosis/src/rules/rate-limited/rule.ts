import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Exchange } from '@pull-doctor/contract/exchange';
import { asDocker, askedAsDocker, dockerManifestAsk, hostAsked } from '../../facts/asked.ts';
import { signInCommands } from '../../facts/commands.ts';
import { subjectOf } from '../../facts/subject.ts';
import { duration } from '../../words/duration.ts';
import { instant } from '../../words/instant.ts';
import { quoted, stop, text } from '../../words/sentence.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const rateLimited = defineRule({
  cause: 'rate-limited',
  decides: 'What the registry says of the pulls that are left, and for whom it counts.',
  needs: ['reference'],

  examine(evidence) {
    const limited = askedAsDocker(evidence).find(({ exchange }) => isLimit(exchange));
    const { registryName } = subjectOf(evidence);
    const limit = evidence.manifest?.rateLimit ?? null;
    if (limited) {
      const wait = retryAfterSeconds(limited.exchange) ?? limit?.retryAfterSeconds ?? null;
      const words = limited.exchange.answer?.errors[0]?.message ?? '';
      const who = limited.step === 'token' ? hostAsked(limited.exchange) || registryName : registryName;
      return {
        certainty: 'confirmed',
        confirmedBy: 'registry',
        what: `${who} allows no more pulls${wait === null ? ' for now' : ` until ${instant(later(limited.exchange.at, wait))}`}.`,
        why: text(
          stop(`It answers ${limited.exchange.answer?.status}${words ? `: ${quoted(words)}` : ''}`),
          counted(evidence),
        ),
        todo: todo(evidence, wait),
        commands: asDocker(evidence) === 'anonymous' ? signInCommands(evidence) : [],
        wizard: 'rate-limited',
        restsOn: [limited.step],
      };
    }
    // Asking whether the manifest is there costs nothing; reading it does, and none are left.
    if (limit?.remaining !== 0 || dockerManifestAsk(evidence)?.outcome !== 'found') return;
    return {
      certainty: 'likely',
      what: `${registryName} has no pulls left for this caller.`,
      why: `It answers that 0 of ${limit.limit ?? 'its'} pulls remain${limit.windowSeconds ? ` in ${duration(limit.windowSeconds)}` : ''}; the next one is refused. ${counted(evidence)}`.trim(),
      todo: todo(evidence, limit.retryAfterSeconds),
      commands: asDocker(evidence) === 'anonymous' ? signInCommands(evidence) : [],
      wizard: 'rate-limited',
      restsOn: ['manifest'],
    };
  },

  rulesOut({ manifest }) {
    const limit = manifest?.rateLimit;
    if (limit?.remaining) {
      return `${limit.remaining}${limit.limit ? ` of ${limit.limit}` : ''} pulls are left.`;
    }
    return undefined;
  },

  signs,
  heard: (evidence) => ({
    what: `${subjectOf(evidence).registryName} allows no more pulls for now.`,
    todo: todo(evidence, null),
    commands: asDocker(evidence) === 'anonymous' ? signInCommands(evidence) : [],
    wizard: 'rate-limited',
  }),
});

/** Whom the registry counts: it says so in a header, or it is known of Docker Hub. */
function counted(evidence: Evidence): string {
  const source = evidence.manifest?.rateLimit?.source;
  if (source) return `It counts the pulls of ${source}.`;
  if (subjectOf(evidence).provider.id !== 'docker-hub') return '';
  return asDocker(evidence) === 'anonymous'
    ? 'Without a sign-in it counts the pulls of everybody behind this address.'
    : 'It counts the pulls of the account that is signed in.';
}

function todo(evidence: Evidence, waitSeconds: number | null): string {
  const wait = waitSeconds === null ? 'Wait' : `Wait ${duration(waitSeconds)}`;
  return asDocker(evidence) === 'anonymous' && subjectOf(evidence).provider.credentialKinds.length > 0
    ? `${wait}, or sign in: the pulls of an account are counted apart. A mirror or cache keeps it from coming back.`
    : `${wait}, pull through a mirror or cache, or raise the limit of the account.`;
}

// Some registries send the code with another status.
function isLimit({ answer }: Exchange): boolean {
  return (
    answer?.status === 429 ||
    (answer?.errors ?? []).some(({ code }) => code.toUpperCase() === 'TOOMANYREQUESTS')
  );
}

function retryAfterSeconds({ answer }: Exchange): number | null {
  const value = answer?.headers.find(({ name }) => name.toLowerCase() === 'retry-after')?.value ?? '';
  return /^\d{1,7}$/.test(value) ? Number(value) : null;
}

function later(iso: string, seconds: number): string {
  return new Date(Date.parse(iso) + seconds * 1000).toISOString();
}
