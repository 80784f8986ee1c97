import type { Credential } from '@pull-doctor/contract/credential';
import type { Challenge, TokenAsk, TokenEvidence } from '@pull-doctor/contract/evidence/registry';
import { Secret } from '@pull-doctor/contract/secret';
import type { Asked, Asker, Request } from '../http/asker.ts';
import type { Scrubber } from '../http/scrub.ts';
import { describeToken, type ReadToken, readTokenAnswer } from './read-token.ts';
import type { JudgedRealm } from './realm-guard.ts';
import { shownSubject } from './subject.ts';
import { type Login, testLogin } from './test-login.ts';

/** The value of Authorization for a request to the registry; null stands for none. */
export type Authorization = NonNullable<Request['authorization']> | null;

export interface TokenSettings {
  asker: Asker;
  scrubber: Scrubber;
  now: () => Date;
  /** `GET` of it tests a Basic login. */
  ping: URL;
  /** The challenge to answer; null where the registry asks for nothing. */
  challenge: Challenge | null;
  realm: JudgedRealm | null;
  credential: Credential | null;
  /** Who runs the registry, as its id: what is known of its token server. */
  provider: string;
}

// A token comes twice, as `token` and as `access_token`, of 16 KiB at most each: 32 KiB, and room for the rest.
const answerBytesMax = 64 * 1024;

interface Got {
  ask: TokenAsk;
  /** Undefined: there is none, so nothing can be asked with it. */
  authorization: Authorization | undefined;
  /** The token as it is; null where there is none, or it did not come from a token server. */
  read: ReadToken | null;
}

/**
 * What a pull is authorised with: asked when it is first needed, and once. As Docker would, with the credential; as
 * nobody; and the test of the credential alone. A healthy pull makes the first of them only.
 */
export class Tokens {
  readonly scheme: TokenEvidence['scheme'];
  readonly #settings: TokenSettings;
  readonly #signedIn = new Map<string, Promise<Got>>();
  readonly #anonymous = new Map<string, Promise<Got>>();
  #login: Promise<Login | null> | undefined;
  #evidence: Omit<TokenEvidence, 'scheme'> = { signedIn: null, anonymous: null, login: null };

  constructor(settings: TokenSettings) {
    this.#settings = settings;
    const scheme = settings.challenge?.scheme;
    this.scheme = scheme === 'bearer' || scheme === 'basic' ? scheme : 'none';
  }

  /** Whether Docker would send the credential: it does so only when it is asked to. A registry token goes with any challenge. */
  get sendsCredential(): boolean {
    return this.#settings.credential !== null && this.scheme !== 'none';
  }

  /** What was asked so far. */
  get evidence(): TokenEvidence {
    return { scheme: this.scheme, ...this.#evidence };
  }

  /** With the credential, for pulling from this repository. Undefined: the token was refused, or could not be asked for. */
  async signedIn(repository: string): Promise<Authorization | undefined> {
    const { credential } = this.#settings;
    if (!credential) return undefined;
    const got = await once(this.#signedIn, repository, () =>
      this.#askSignedIn(credential, scopeOf(repository)),
    );
    // Basic needs no token: there is nothing to tell about it here.
    if (this.scheme === 'bearer' || credential.kind === 'registry-token') this.#note({ signedIn: got.ask });
    return got.authorization;
  }

  /** As nobody. */
  async anonymous(repository: string): Promise<Authorization | undefined> {
    if (this.scheme !== 'bearer') return null;
    const got = await once(this.#anonymous, repository, () => this.#askAnonymous(scopeOf(repository)));
    if (this.#anonymous.size === 1) this.#note({ anonymous: got.ask });
    return got.authorization;
  }

  /**
   * The credential by itself. Without a scope, because token servers answer a scope that may not be had with a weaker
   * token and 200: Harbor does so even for a wrong password.
   */
  async login(): Promise<void> {
    const { credential } = this.#settings;
    this.#login ??=
      credential && credential.kind !== 'registry-token'
        ? this.#testLogin(credential)
        : Promise.resolve(null);
    this.#note({ login: await this.#login });
  }

  #note(part: Partial<Omit<TokenEvidence, 'scheme'>>): void {
    this.#evidence = { ...this.#evidence, ...part };
  }

  async #askSignedIn(credential: Credential, scope: string): Promise<Got> {
    if (credential.kind === 'registry-token') {
      const value = credential.token.reveal();
      const why = 'The stored registry token is sent as it is.';
      return {
        ask: {
          exchange: null,
          outcome: 'granted',
          why,
          errors: [],
          token: this.#shown(describeToken(value)),
        },
        authorization: bearer(value, 'bearer'),
        read: null,
      };
    }
    if (this.scheme === 'basic') {
      const sent = basicOf(credential);
      return { ask: notSent('Basic needs no token.'), authorization: sent, read: null };
    }
    const { realm } = this.#settings;
    if (!realm?.url) return notAsked(realm?.verdict.why ?? 'There is no realm.');
    if (!realm.maySendCredential) {
      return notAsked(`The credential was not sent: ${realm.verdict.why}`);
    }
    const asked = await this.#askRealm(realm.url, credential, scope);
    return this.#read(asked, 'bearer');
  }

  async #askAnonymous(scope: string | null): Promise<Got> {
    const { realm, asker } = this.#settings;
    if (!realm?.url) return notAsked(realm?.verdict.why ?? 'There is no realm.');
    const asked = await asker.ask(tokenRequest(this.#address(realm.url, { scope }), null, null));
    return this.#read(asked, 'anonymous-bearer');
  }

  /** With an identity token by POST first, and by GET where the server does not know or like that. */
  async #askRealm(url: URL, credential: Credential, scope: string | null): Promise<Asked> {
    const { asker } = this.#settings;
    if (credential.kind === 'identity-token') {
      const posted = await asker.ask(tokenRequest(new URL(url), null, this.#form(credential.token, scope)));
      // GCR answers 404, Artifactory 401, ACR 400, others 405; containerd's client falls back on the same four.
      if (![400, 401, 404, 405].includes(posted.status ?? 0)) return posted;
      const got = await asker.ask(tokenRequest(this.#address(url, { scope }), basicOf(credential), null));
      // Where GET does no better, the answer to the form that Docker sends first is the one to show.
      return got.status === 200 || posted.status === 404 || posted.status === 405 ? got : posted;
    }
    const account = credential.kind === 'basic' ? credential.user : null;
    return asker.ask(tokenRequest(this.#address(url, { scope, account }), basicOf(credential), null));
  }

  #form(token: Secret, scope: string | null): URLSearchParams {
    this.#settings.scrubber.hide(token);
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: token.reveal(),
      client_id: 'pull-doctor',
    });
    const service = this.#settings.challenge?.service;
    if (service) form.set('service', service);
    if (scope) form.set('scope', scope);
    return form;
  }

  #address(realm: URL, { scope, account }: { scope: string | null; account?: string | null }): URL {
    const url = new URL(realm);
    const service = this.#settings.challenge?.service;
    if (account) url.searchParams.append('account', account);
    if (scope) url.searchParams.append('scope', scope);
    if (service) url.searchParams.append('service', service);
    return url;
  }

  #read(asked: Asked, credential: 'bearer' | 'anonymous-bearer'): Got {
    const { exchange } = asked;
    const errors = exchange.answer?.errors ?? [];
    const end = (outcome: TokenAsk['outcome'], why: string | null): Got => ({
      ask: { exchange, outcome, why, errors, token: null },
      authorization: undefined,
      read: null,
    });
    if (asked.failure) return end('failed', null);
    const status = asked.status ?? 0;
    if (status === 400 || status === 401 || status === 403) return end('refused', null);
    if (status === 429) return end('failed', 'The token server answers too many requests.');
    if (status >= 500) return end('failed', 'The token server failed by itself.');
    if (status !== 200) return end('unusable', `The token server answers ${status}.`);
    const read = this.#readToken(asked);
    if (typeof read === 'string') return end('unusable', read);
    return {
      ask: { exchange, outcome: 'granted', why: null, errors: [], token: this.#shown(read.seen) },
      authorization: bearer(read.value, credential),
      read,
    };
  }

  /** What a token says of itself, as evidence may hold it. */
  #shown(seen: NonNullable<TokenAsk['token']>): NonNullable<TokenAsk['token']> {
    const { asker } = this.#settings;
    return {
      ...seen,
      grants: seen.grants?.map((grant) => asker.shown(grant, 500)) ?? null,
      subject: shownSubject(seen.subject ?? null, (text, most) => asker.shown(text, most)),
    };
  }

  async #testLogin(credential: Credential): Promise<Login> {
    const { realm, asker, ping, provider } = this.#settings;
    const login = await testLogin(this.scheme, provider, {
      ping: () =>
        asker.ask({
          ...tokenRequest(ping, basicOf(credential), null),
          redirects: 'same-origin',
          showsBody: true,
        }),
      token: async () => {
        if (!realm?.url || !realm.maySendCredential) return null;
        const asked = await this.#askRealm(realm.url, credential, null);
        return { asked, read: asked.failure ? '' : this.#readToken(asked) };
      },
      asNobody: async () => {
        const got = await this.#askAnonymous(null);
        // What a pull was answered as nobody says more, and stays.
        if (this.#anonymous.size === 0) this.#note({ anonymous: got.ask });
        return { ask: got.ask, read: got.read };
      },
    });
    const { subject } = login;
    return subject === undefined
      ? login
      : { ...login, subject: shownSubject(subject, (text, most) => asker.shown(text, most)) };
  }

  #readToken(asked: Asked): ReadToken | string {
    const read = readTokenAnswer(asked.body, this.#settings.now());
    if (typeof read !== 'string') this.#settings.scrubber.hide(new Secret(read.value));
    return read;
  }
}

/** The scope of a pull (https://distribution.github.io/distribution/spec/auth/scope/). */
function scopeOf(repository: string): string {
  return `repository:${repository}:pull`;
}

function tokenRequest(url: URL, authorization: Authorization, form: URLSearchParams | null): Request {
  return {
    method: form ? 'POST' : 'GET',
    url,
    accept: 'application/json',
    authorization,
    ...(form ? { form } : {}),
    bytesMax: answerBytesMax,
    longer: 'fails',
    redirects: form ? 'not-followed' : 'same-origin',
    showsBody: false,
  };
}

function basicOf(credential: Credential): Authorization {
  if (credential.kind === 'registry-token') return bearer(credential.token.reveal(), 'bearer');
  const pair =
    credential.kind === 'basic'
      ? `${credential.user}:${credential.password.reveal()}`
      : `:${credential.token.reveal()}`;
  return {
    value: new Secret(`Basic ${Buffer.from(pair).toString('base64')}`),
    credential: credential.kind === 'basic' ? 'basic' : 'identity-token',
  };
}

function bearer(token: string, credential: 'bearer' | 'anonymous-bearer'): Authorization {
  return { value: new Secret(`Bearer ${token}`), credential };
}

function notAsked(why: string): Got {
  return { ask: notSent(why), authorization: undefined, read: null };
}

function notSent(why: string): TokenAsk {
  return { exchange: null, outcome: 'not-sent', why, errors: [], token: null };
}

function once<Value>(
  kept: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = kept.get(key);
  if (known) return known;
  const made = make();
  kept.set(key, made);
  return made;
}
