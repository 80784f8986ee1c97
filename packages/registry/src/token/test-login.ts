import type { TokenAsk, TokenEvidence } from '@pull-doctor/contract/evidence/registry';
import type { Exchange } from '@pull-doctor/contract/exchange';
import { providerById } from '@pull-doctor/diagnosis/providers/providers';
import type { Asked } from '../http/asker.ts';
import { headersOf } from '../http/raw-headers.ts';
import { type Claims, claimsOf, type ReadToken } from './read-token.ts';
import { parseChallenges } from './www-authenticate.ts';

export type Login = NonNullable<TokenEvidence['login']>;

/** What is asked to test a login; each is asked at most once, and only where it decides. */
export interface LoginAsks {
  /** `GET /v2/` with the login itself. */
  ping(): Promise<Asked>;
  /** The token server with the credential, for no repository. Null: the credential may not be sent there. */
  token(): Promise<{ asked: Asked; read: ReadToken | string } | null>;
  /** The same as nobody. */
  asNobody(): Promise<{ ask: TokenAsk; read: ReadToken | null }>;
}

/**
 * Whether a registry takes a credential by itself. That a token came is no proof where the token server hands one to
 * anybody: then it is `unknown`, with the reason, unless the token says as whom it was given.
 */
export async function testLogin(
  scheme: TokenEvidence['scheme'],
  provider: string,
  asks: LoginAsks,
): Promise<Login> {
  if (scheme === 'none') return unknown('The registry does not ask who one is.');
  return scheme === 'basic' ? testBasic(await asks.ping()) : testBearer(provider, asks);
}

function testBasic(asked: Asked): Login {
  const { exchange, status } = asked;
  if (status === 200) return accepted('The credential by itself is accepted.', exchange);
  if (status === 401 && wantsBearer(asked))
    return unknown('The registry wants a token, not the login itself.', exchange);
  return status === 401 || status === 403 ? refused(exchange, status) : notTold(asked);
}

async function testBearer(provider: string, asks: LoginAsks): Promise<Login> {
  const answered = await asks.token();
  if (!answered) return unknown('The credential was not sent.');
  const { asked, read } = answered;
  const { exchange, status } = asked;
  if (status === 400 || status === 401 || status === 403) return refused(exchange, status);
  if (status !== 200) return notTold(asked);
  if (typeof read === 'string') return unknown('The token server answers 200 without a token.', exchange);
  const { subject } = read;
  if (providerById(provider).refusesWrongLogins || subject !== null)
    return { ...accepted('The credential by itself is accepted.', exchange), subject };
  return { ...(await compareWithNobody(read, exchange, asks)), subject };
}

async function compareWithNobody(mine: ReadToken, exchange: Exchange, asks: LoginAsks): Promise<Login> {
  const { ask, read } = await asks.asNobody();
  if (ask.outcome === 'refused')
    return accepted('The token server gives a token for the credential, and none without one.', exchange);
  if (read === null)
    return unknown(
      'A token came, but whether the token server gives one to anybody could not be found out.',
      exchange,
    );
  const [ofMine, ofNobody] = [claimsOf(mine.value), claimsOf(read.value)];
  if (ofMine === null || ofNobody === null)
    return unknown(
      'The token server gives a token to anybody, and the token does not say as whom.',
      exchange,
    );
  return isSame(ofMine, ofNobody)
    ? unknown(
        'The token server gives the very same token to anybody: nothing tells whether it looked at the credential.',
        exchange,
      )
    : accepted('The token for the credential is another than the one that anybody gets.', exchange);
}

// What differs between two tokens for one and the same caller.
const ofTheMoment = new Set(['iat', 'nbf', 'exp', 'jti', 'auth_time', 'nonce', 'sid']);

function isSame(one: Claims, other: Claims): boolean {
  return steady(one) === steady(other);
}

function steady(claims: Claims): string {
  const entries = Object.entries(claims).filter(([name]) => !ofTheMoment.has(name));
  return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function accepted(why: string, exchange: Exchange): Login {
  return { outcome: 'accepted', why, exchange, errors: exchange.answer?.errors ?? [] };
}

function refused(exchange: Exchange, status: number): Login {
  const why = `The credential by itself is answered with ${status}.`;
  return { outcome: 'refused', why, exchange, errors: exchange.answer?.errors ?? [] };
}

function notTold({ exchange, failure, status }: Asked): Login {
  return unknown(
    failure ? 'The test of the login got no answer.' : `The test of the login was answered with ${status}.`,
    exchange,
  );
}

function unknown(why: string, exchange: Exchange | null = null): Login {
  return { outcome: 'unknown', why, exchange, errors: exchange?.answer?.errors ?? [] };
}

function wantsBearer(asked: Asked): boolean {
  return parseChallenges(headersOf(asked.headers, 'www-authenticate')).some(
    ({ scheme }) => scheme === 'bearer',
  );
}
