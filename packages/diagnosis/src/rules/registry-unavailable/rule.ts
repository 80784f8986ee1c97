import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Exchange } from '@pull-doctor/contract/exchange';
import type { StepName } from '@pull-doctor/contract/steps';
import { askedAsDocker, dockerManifestAsk, dockerTokenAsk, hostAsked } from '../../facts/asked.ts';
import { firstFailure, kindOf } from '../../facts/failure.ts';
import { readRefusal } from '../../facts/read-refusal.ts';
import { hostName, shortDigest, subjectOf } from '../../facts/subject.ts';
import { duration } from '../../words/duration.ts';
import { count, lowerFirst, quoted } from '../../words/sentence.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const registryUnavailable = defineRule({
  cause: 'registry-unavailable',
  decides: 'Whether the registry answers without a fault now.',
  needs: ['reference'],

  examine(evidence) {
    const seen =
      serverFault(evidence) ??
      switchedOff(evidence) ??
      unusableAnswer(evidence) ??
      damagedImage(evidence) ??
      brokenRealm(evidence) ??
      noTokenAccepted(evidence);
    if (!seen) return;
    return {
      certainty: 'confirmed',
      confirmedBy: 'probe',
      todo: todo(evidence),
      wizard: 'daemon-and-host',
      ...seen,
    };
  },

  rulesOut(evidence) {
    const asked = askedAsDocker(evidence);
    const answered = asked.filter(({ exchange }) => exchange.answer);
    const isWell = answered.length > 0 && answered.length === asked.length;
    return isWell
      ? `Every request was answered, none with a fault of the server (${count(answered.length, 'request')}).`
      : undefined;
  },

  staysOpen: (evidence) =>
    evidence.manifest?.body && !evidence.pull
      ? 'a real pull has compared every layer with its digest.'
      : undefined,

  signs,
  heard: (evidence) => ({
    what: `${subjectOf(evidence).host} served this pull a fault of its own.`,
    todo: todo(evidence),
    wizard: 'daemon-and-host',
  }),
});

type Seen = Pick<RuleFinding, 'what' | 'why' | 'restsOn'> &
  Partial<Pick<RuleFinding, 'certainty' | 'todo' | 'confirmedBy' | 'alternatives'>>;

function serverFault(evidence: Evidence): Seen | null {
  const asked = askedAsDocker(evidence).find(({ exchange }) => (exchange.answer?.status ?? 0) >= 500);
  const answer = asked?.exchange.answer;
  if (!asked || !answer) return null;
  const { host } = subjectOf(evidence);
  const who = hostAsked(asked.exchange) || host;
  const wait = retryAfter(asked.exchange);
  const words = answer.errors[0]?.message || (answer.bodyKind === 'text' ? answer.excerpt : '');
  return {
    confirmedBy: 'registry',
    what: `${who} answers ${answer.status}${asked.step === 'token' ? ' when it is asked for a token' : ''}.`,
    why: `${part(asked.step)} reached it, and it failed by itself${words ? `: ${quoted(words)}` : ''}. Neither the name nor the login plays a part.`,
    ...(wait ? { todo: `${todo(evidence)} It asks to wait ${wait}.` } : {}),
    restsOn: [asked.step],
  };
}

function part(step: StepName): string {
  if (step === 'ping') return 'The first request';
  return step === 'token' ? 'The request for a token' : 'The request for the manifest';
}

/** GitLab answers 404 UNAVAILABLE where the registry of an instance is off. */
function switchedOff(evidence: Evidence): Seen | null {
  const error = dockerManifestAsk(evidence)?.errors.find(({ code }) => code.toUpperCase() === 'UNAVAILABLE');
  if (!error) return null;
  return {
    confirmedBy: 'registry',
    what: `${subjectOf(evidence).host} says that it is not available.`,
    why: `It answers UNAVAILABLE${error.message ? `: ${quoted(error.message)}` : ''}.`,
    restsOn: ['manifest'],
  };
}

/** An answer that no client can use, from a server that is a registry otherwise. */
function unusableAnswer(evidence: Evidence): Seen | null {
  const place = firstFailure(evidence);
  if (place && (place.step === 'token' || place.step === 'manifest') && kindOf(place) === 'unusable') {
    return {
      what: `${place.host} sends an answer that cannot be used.`,
      why: `${part(place.step)} was answered, and reading the answer failed: ${quoted(place.failure.message)}.`,
      restsOn: [place.step],
    };
  }
  const token = dockerTokenAsk(evidence);
  if (token?.outcome === 'unusable' && token.exchange?.answer && !isPage(token.exchange)) {
    return {
      what: `${hostAsked(token.exchange) || 'The token server'} answers without a token that can be read.`,
      why: `It answers ${token.exchange.answer.status}${token.why ? `; ${lowerFirst(token.why)}` : ', and no token is in it.'}`,
      restsOn: ['token'],
    };
  }
  return null;
}

/** The registry knows the image and cannot give it whole. */
function damagedImage(evidence: Evidence): Seen | null {
  const { host, image } = subjectOf(evidence);
  const ask = dockerManifestAsk(evidence);
  if (ask?.outcome === 'found' && ask.get?.answer?.status === 404) {
    return {
      certainty: 'likely',
      what: `${host} announces ${image} and does not give it.`,
      why: 'It answers 200 when it is asked whether the manifest is there, and 404 when it is asked for it.',
      todo: 'Push the image again, or ask the owner of the registry to check its storage and any cache in front of it.',
      restsOn: ['manifest'],
    };
  }
  const bodies = [evidence.manifest?.body, evidence.platform?.image].filter((one) => one != null);
  const body = bodies.find((one) => one.digestMatches === false || one.kind === 'unreadable');
  if (body?.digestMatches === false) {
    return {
      what: `${host} names another digest for ${image} than its manifest has.`,
      why: `The manifest that came has the digest ${shortDigest(body.digestComputed)}; another was announced. A client that compares them refuses the image.`,
      todo: 'Push the image again, or ask the owner of the registry to check its storage and any cache in front of it.',
      restsOn: ['manifest'],
    };
  }
  if (body?.kind === 'unreadable') {
    return {
      what: `${host} serves a manifest of ${image} that cannot be read.`,
      why: body.why ?? 'Its content is no valid JSON.',
      todo: 'Push the image again, or ask the owner of the registry to check its storage.',
      restsOn: ['manifest'],
    };
  }
  const layers = bodies.at(-1)?.image?.layers ?? [];
  const missing = layers.filter(({ there }) => there === 'no');
  if (missing.length === 0) return null;
  return {
    what: `${host} has lost ${count(missing.length, 'layer')} of ${image}.`,
    why: `The manifest is there and names ${count(layers.length, 'layer')}; ${missing.map(({ digest }) => shortDigest(digest)).join(', ')} ${missing.length === 1 ? 'is' : 'are'} not found.`,
    todo: 'Push the image again: that fills what is missing. The owner of the registry should check its storage.',
    restsOn: ['manifest', 'platform'],
  };
}

/** The challenge names something as the place for tokens that no client can ask. */
function brokenRealm(evidence: Evidence): Seen | null {
  const realm = evidence.challenge?.realm;
  if (realm?.code !== 'not-an-address') return null;
  const { host } = subjectOf(evidence);
  return {
    certainty: 'very-likely',
    what: `${host} names no usable address for its tokens.`,
    why: `Its challenge says ${quoted(realm.url)}. ${realm.why}`,
    todo: `The owner of ${host} must set the realm to the outside address of the token server.`,
    restsOn: ['challenge'],
  };
}

function noTokenAccepted(evidence: Evidence): Seen | null {
  const read = readRefusal(evidence);
  if (read?.cause !== 'registry-unavailable') return null;
  const { host } = subjectOf(evidence);
  if (read.because === 'no-way-to-sign-in') {
    return {
      certainty: read.certainty,
      what: `${host} asks for a login in a way that Docker does not speak.`,
      why: evidence.challenge?.fault ?? '',
      todo: `The owner of ${host}, or of the gateway in front of it, must offer Bearer or Basic.`,
      restsOn: ['challenge'],
    };
  }
  return {
    certainty: read.certainty,
    what: `${host} does not accept the tokens of its own token server.`,
    why: 'A token was handed out, its time is right, and the registry calls it invalid, also without any login: key, issuer or audience of the two do not match.',
    todo: 'The owner of the registry must make key, issuer and service name of registry and token server match.',
    alternatives: read.alternatives.map((cause) => ({
      cause,
      why:
        cause === 'clock-skew'
          ? 'A token without dates can be refused for its time.'
          : 'The image may need a login besides.',
      decides: 'The log of the registry names the reason for each token it refuses.',
    })),
    restsOn: ['token', 'manifest'],
  };
}

function isPage({ answer }: Exchange): boolean {
  return answer?.bodyKind === 'html';
}

function retryAfter({ answer }: Exchange): string | null {
  const value = answer?.headers.find(({ name }) => name.toLowerCase() === 'retry-after')?.value ?? '';
  return /^\d{1,7}$/.test(value) ? duration(Number(value)) : null;
}

function todo(evidence: Evidence): string {
  const { provider } = subjectOf(evidence);
  const where = provider.statusPage ? `See ${provider.statusPage}, and try` : 'Tell its owner, and try';
  return `${where} again later from ${hostName(evidence)}.`;
}
