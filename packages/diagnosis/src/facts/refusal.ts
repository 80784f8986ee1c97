import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { ManifestAsk } from '@pull-doctor/contract/evidence/registry';
import type { Exchange, RegistryError } from '@pull-doctor/contract/exchange';
import { anonymousManifestAsk, asDocker, dockerManifestAsk, dockerTokenAsk } from './asked.ts';

/** Who said no to this pull, and in which words. */
export interface Refusal {
  /** `token`: whoever hands out tokens, or tests the login; `manifest`: the registry, asked for the image. */
  at: 'token' | 'manifest';
  status: number | null;
  /** Codes of the error envelope, in upper case. */
  codes: string[];
  /** The registry's own sentence, or an empty text. */
  words: string;
  /** `insufficient_scope` or `invalid_token`, where the challenge said so. */
  challengeError: string | null;
}

/**
 * The refusal that Docker would get: an answer that says "not you" rather than "not there" or "not now". Rate limits
 * and faults of the server are none. Nothing where the credential was held back, for then nobody has refused it.
 */
export function refusalOf(evidence: Evidence): Refusal | null {
  const tokenAsk = dockerTokenAsk(evidence);
  if (tokenAsk?.outcome === 'not-sent') return null;
  const tokenStatus = tokenAsk?.exchange?.answer?.status ?? null;
  if (tokenAsk?.outcome === 'refused' && isRefusal(tokenStatus)) {
    return refusal('token', tokenStatus, tokenAsk.errors, tokenAsk.exchange, null);
  }
  const ask = dockerManifestAsk(evidence);
  if (ask && isRefused(ask)) {
    const exchange = ask.get?.answer ? ask.get : ask.head;
    return refusal('manifest', ask.status, ask.errors, exchange, ask.challengeError);
  }
  // On a registry with Basic, the test of the login is refused before anybody asks for the manifest.
  const login = asDocker(evidence) === 'signed-in' ? evidence.token?.login : null;
  const loginStatus = login?.exchange?.answer?.status ?? null;
  if (!ask && evidence.token?.scheme === 'basic' && login?.outcome === 'refused' && isRefusal(loginStatus)) {
    return refusal('token', loginStatus, login.errors, login.exchange, null);
  }
  return null;
}

/** Whether the same image can be read without a credential although the pull with one was refused. */
export function anonymousWorks(evidence: Evidence): boolean {
  return anonymousManifestAsk(evidence)?.outcome === 'found';
}

/**
 * Whether the registry asks for a login at all. One that answers every question with 200 and then says 403 has decided
 * without wanting to know who asks.
 */
export function asksForLogin(evidence: Evidence): boolean {
  if ((evidence.challenge?.challenges.length ?? 0) > 0) return true;
  return evidence.ping?.exchange.answer?.status === 401;
}

function isRefused(ask: ManifestAsk): boolean {
  return ask.outcome === 'unauthorized' || ask.outcome === 'denied';
}

// 400 is what OAuth endpoints say to a dead refresh token.
function isRefusal(status: number | null): boolean {
  return status === 400 || status === 401 || status === 403;
}

function refusal(
  at: Refusal['at'],
  status: number | null,
  errors: readonly RegistryError[],
  exchange: Exchange | null,
  challengeError: string | null,
): Refusal {
  const answer = exchange?.answer;
  const said = errors.map(({ message }) => message).filter(Boolean);
  const plain = answer?.bodyKind === 'text' ? answer.excerpt : '';
  return {
    at,
    status,
    codes: errors.map(({ code }) => code.toUpperCase()),
    words: said.join('; ') || plain,
    challengeError,
  };
}
