import type { Credential } from '@pull-doctor/contract/credential';
import type {
  DnsEvidence,
  ProxyEvidence,
  TcpEvidence,
  TlsEvidence,
} from '@pull-doctor/contract/evidence/network';
import type {
  Challenge,
  ChallengeEvidence,
  ManifestEvidence,
  PingEvidence,
  PlatformEvidence,
  RateLimit,
  TokenEvidence,
} from '@pull-doctor/contract/evidence/registry';
import type { SeenAnswer } from '@pull-doctor/diagnosis/providers/define-provider';
import { providerOf } from '@pull-doctor/diagnosis/providers/providers';
import { askPullsLeft } from './check/docker-hub-pulls.ts';
import { Asker } from './http/asker.ts';
import { headerOf, headersOf, type RawHeaders } from './http/raw-headers.ts';
import { Scrubber } from './http/scrub.ts';
import { proxySecrets, secretsOf } from './http/secrets.ts';
import { shownUrl } from './http/shown-url.ts';
import {
  type Candidate,
  lookAtManifest,
  type ManifestSeen,
  repositoryUrl,
} from './manifest/manifest-step.ts';
import { lookAtPlatform, type PlatformAsk } from './manifest/platform-step.ts';
import { pingRequest, readPing } from './ping.ts';
import { type Resolving, systemResolving } from './reach/look-up.ts';
import { OpenSockets } from './reach/open-sockets.ts';
import { type RoadSettings, roadTo } from './reach/roads.ts';
import { loadTrust, type Trust } from './reach/trust.ts';
import { Way } from './reach/way.ts';
import { defaultTimeouts, type ProbeSettings } from './settings.ts';
import { isTrustedHost, type JudgedRealm, judgeRealm } from './token/realm-guard.ts';
import { Tokens } from './token/tokens.ts';
import { chooseChallenge, parseChallenges } from './token/www-authenticate.ts';

export type { Candidate } from './manifest/manifest-step.ts';
export type { ProbeSettings, ProxySettings, Timeouts, TrustSettings } from './settings.ts';

/**
 * One pull, asked step by step on one connection. Each step gives its part of the evidence, whatever the outcome; it
 * throws only when called in an order that cannot work (a step whose earlier steps did not succeed).
 *
 * Order: dns, tcp, proxy, tls, ping, challenge, token, manifest, platform. `proxy` is worth asking after a failed dns
 * or tcp as well: it tells whether another way leads out. Otherwise a failed dns, tcp, proxy or tls ends the rest, and
 * so does a ping that got no answer or is not a registry's. Whatever comes of challenge and token, manifest can be
 * asked; platform needs a manifest that was found.
 */
export interface Probe {
  dns(): Promise<DnsEvidence>;
  tcp(): Promise<TcpEvidence>;
  proxy(): Promise<ProxyEvidence>;
  tls(): Promise<TlsEvidence>;
  ping(): Promise<PingEvidence>;
  challenge(): Promise<ChallengeEvidence>;
  token(ask: { credential: Credential | null }): Promise<TokenEvidence>;
  /** In place of token: the credential by itself, for no repository. */
  login(ask: { credential: Credential | null }): Promise<TokenEvidence>;
  /** After login, with what it was given: Docker Hub's pulls that are left. Counts as none itself. */
  pullsLeft(): Promise<PullsLeft>;
  manifest(ask?: { candidates?: readonly Candidate[] }): Promise<ManifestStep>;
  platform(ask: PlatformAsk): Promise<PlatformEvidence>;
  /** Ends every connection. To be called once, whatever happened. */
  close(): Promise<void>;
}

/** Challenge and token as they stand after it: some of both is asked only when the manifest needs it. */
export interface ManifestStep {
  manifest: ManifestEvidence;
  challenge: ChallengeEvidence;
  token: TokenEvidence;
}

export interface PullsLeft {
  /** Null: it told nothing, which is how Docker Hub says that there is no limit. */
  rateLimit: RateLimit | null;
  /** With the token that was asked for this. */
  token: TokenEvidence;
}

/**
 * Opens nothing yet: the first step does.
 *
 * @param resolving how names are looked up; the system's way unless told
 */
export function openProbe(settings: ProbeSettings, resolving: Resolving = systemResolving): Probe {
  return new RegistryProbe(settings, resolving);
}

class RegistryProbe implements Probe {
  readonly #settings: ProbeSettings;
  readonly #scrubber = new Scrubber();
  readonly #sockets = new OpenSockets();
  readonly #closing = new AbortController();
  readonly #roads: RoadSettings;
  readonly #way: Way;
  #trust: Promise<Trust> | undefined;
  #asker: Asker | undefined;
  #pingHeaders: RawHeaders = [];
  /** What the answer to the ping tells of the product, beside its challenge. */
  #seen: { server: string | null; answer: SeenAnswer | null } = { server: null, answer: null };
  #challenge:
    | { evidence: ChallengeEvidence; chosen: Challenge | null; realm: JudgedRealm | null }
    | undefined;
  #credential: Credential | null = null;
  #tokens: Tokens | undefined;
  #manifest: ManifestSeen | undefined;

  constructor(settings: ProbeSettings, resolving: Resolving) {
    this.#settings = settings;
    this.#roads = {
      proxies: settings.proxies,
      timeouts: { ...defaultTimeouts, ...settings.timeouts },
      pace: settings.pace,
      signal: AbortSignal.any([settings.signal, this.#closing.signal]),
      now: settings.now,
      scrubber: this.#scrubber,
      resolving,
      trust: () => {
        this.#trust ??= loadTrust(settings.trust, settings.registryName);
        return this.#trust;
      },
      onSocket: (socket) => this.#sockets.keep(socket),
    };
    for (const secret of proxySecrets(settings)) this.#scrubber.hide(secret);
    this.#way = new Way(settings, this.#roads);
  }

  dns() {
    return this.#way.dns();
  }

  tcp() {
    return this.#way.tcp();
  }

  proxy() {
    return this.#way.proxy();
  }

  tls() {
    return this.#way.tls();
  }

  async ping(): Promise<PingEvidence> {
    this.#asker = new Asker({
      roadTo: (url) => this.#guardedRoad(url),
      scrubber: this.#scrubber,
      signal: this.#roads.signal,
      timeoutMs: this.#roads.timeouts.answerMs,
      pace: this.#roads.pace,
      now: this.#settings.now,
    });
    this.#asker.use(this.#way.road());
    const asked =
      this.#way.takePing() ?? (await this.#asker.ask(pingRequest(new URL('/v2/', this.#way.origin))));
    // A challenge counts only where the registry itself sent it, not the page that it led to.
    this.#pingHeaders = asked.url.origin === this.#way.origin.origin ? asked.headers : [];
    const server = headerOf(asked.headers, 'server');
    const read = readPing(asked);
    const { status } = asked;
    this.#seen = {
      server,
      answer: status === null ? null : { status, apiVersionHeader: read.apiVersionHeader },
    };
    const chosen = chooseChallenge(parseChallenges(headersOf(this.#pingHeaders, 'www-authenticate')));
    return {
      endpoint: this.#way.origin.origin,
      exchange: asked.exchange,
      ...read,
      server: server === null ? null : this.#scrubber.text(server, 200),
      provider: this.#providerBy(chosen),
      clockOffsetSeconds: clockOffset(headerOf(asked.headers, 'date'), asked.exchange),
    };
  }

  async challenge(): Promise<ChallengeEvidence> {
    return (await this.#readChallenge('ping', this.#pingHeaders)).evidence;
  }

  async login({ credential }: { credential: Credential | null }): Promise<TokenEvidence> {
    const tokens = await this.#tokensWith(credential);
    await tokens.login();
    return tokens.evidence;
  }

  async token({ credential }: { credential: Credential | null }): Promise<TokenEvidence> {
    const tokens = await this.#tokensWith(credential);
    const { repository } = this.#settings;
    if (tokens.sendsCredential) await tokens.signedIn(repository);
    else await tokens.anonymous(repository);
    return tokens.evidence;
  }

  async pullsLeft(): Promise<PullsLeft> {
    const tokens = await this.#openTokens();
    const rateLimit = await askPullsLeft({
      asker: this.#asked,
      tokens,
      origin: this.#way.origin,
      now: this.#settings.now,
    });
    return { rateLimit, token: tokens.evidence };
  }

  async manifest({ candidates = [] }: { candidates?: readonly Candidate[] } = {}): Promise<ManifestStep> {
    let tokens = await this.#openTokens();
    let seen = await this.#lookAtManifest(tokens, candidates);
    const late = lateChallenge(tokens, seen);
    if (late) {
      await this.#readChallenge('manifest', late);
      this.#tokens = undefined;
      tokens = await this.#openTokens();
      seen = await this.#lookAtManifest(tokens, candidates);
    }
    this.#manifest = seen;
    const challenge = this.#challenge?.evidence ?? (await this.challenge());
    return { manifest: seen.evidence, challenge, token: tokens.evidence };
  }

  async platform(ask: PlatformAsk): Promise<PlatformEvidence> {
    const seen = this.#manifest;
    if (seen?.authorization === undefined) throw new Error('platform needs a manifest that was found.');
    return lookAtPlatform(ask, seen.read, !seen.isNearlyUsedUp, {
      asker: this.#asked,
      repository: repositoryUrl(this.#way.origin, this.#settings.repository),
      authorization: seen.authorization,
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#asker?.close();
    this.#sockets.destroy();
  }

  get #asked(): Asker {
    if (!this.#asker) throw new Error('ping comes before this step.');
    return this.#asker;
  }

  #lookAtManifest(tokens: Tokens, candidates: readonly Candidate[]): Promise<ManifestSeen> {
    const { registryName, repository, tag, digest, now } = this.#settings;
    const { origin } = this.#way;
    return lookAtManifest({
      asker: this.#asked,
      tokens,
      origin,
      registryName,
      repository,
      tag,
      digest,
      candidates,
      now,
    });
  }

  #tokensWith(credential: Credential | null): Promise<Tokens> {
    this.#credential = credential;
    for (const secret of credential ? secretsOf(credential) : []) this.#scrubber.hide(secret);
    return this.#openTokens();
  }

  async #openTokens(): Promise<Tokens> {
    if (this.#tokens) return this.#tokens;
    const { chosen, realm } = this.#challenge ?? (await this.#readChallenge('ping', this.#pingHeaders));
    this.#tokens = new Tokens({
      asker: this.#asked,
      scrubber: this.#scrubber,
      now: this.#settings.now,
      ping: new URL('/v2/', this.#way.origin),
      challenge: chosen,
      realm,
      credential: this.#credential,
      provider: this.#providerBy(chosen),
    });
    return this.#tokens;
  }

  #providerBy(challenge: Challenge | null): string {
    const { server, answer } = this.#seen;
    return providerOf(this.#settings.registryName, challenge, server, answer).id;
  }

  async #readChallenge(from: 'ping' | 'manifest', headers: RawHeaders) {
    const challenges = parseChallenges(headersOf(headers, 'www-authenticate'));
    const chosen = chooseChallenge(challenges);
    const realm = chosen?.scheme === 'bearer' && chosen.realm ? await this.#judgeRealm(chosen.realm) : null;
    const evidence: ChallengeEvidence = {
      from: challenges.length > 0 ? from : 'none',
      challenges: challenges.map((one) => this.#shown(one)),
      chosen: chosen && this.#shown(chosen),
      realm: realm?.verdict ?? null,
      fault: faultOf(challenges, chosen),
    };
    this.#challenge = { evidence, chosen, realm };
    return this.#challenge;
  }

  #judgeRealm(realm: string): Promise<JudgedRealm> {
    const { registryName, trustedRealmHosts } = this.#settings;
    return judgeRealm(realm, { registry: this.#way.origin, registryName, trustedRealmHosts }, async (url) => {
      if (url.origin === this.#way.origin.origin) return null;
      const found = await this.#guardedRoad(url);
      if (found.road) {
        this.#asked.use(found.road);
        return null;
      }
      // A name that is not found is no objection: the request for the token tells.
      return found.failure.code === 'guarded' ? found.failure.message : null;
    });
  }

  #guardedRoad(url: URL): ReturnType<typeof roadTo> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const scheme = url.protocol === 'https:' ? 'https' : 'http';
    const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port);
    const isTrusted = isTrustedHost(host, this.#settings.trustedRealmHosts);
    // Insecure is what the daemon's configuration says of the registry's host, and of no other.
    const verify = !(this.#settings.insecure && host === this.#settings.host);
    return roadTo({ scheme, host, port, isTrusted, verify }, this.#way.place, this.#roads);
  }

  #shown(challenge: Challenge): Challenge {
    const show = (value: string | null) => (value === null ? null : this.#scrubber.text(value, 500));
    const { realm } = challenge;
    return {
      scheme: challenge.scheme,
      realm:
        realm === null ? null : this.#scrubber.text(/^[a-z]+:/i.test(realm) ? shownUrl(realm) : realm, 500),
      service: show(challenge.service),
      scope: show(challenge.scope),
      error: show(challenge.error),
    };
  }
}

/** A registry that lets the ping pass and asks at the manifest, or that wants a token where it had asked for Basic. */
function lateChallenge(tokens: Tokens, { answers }: ManifestSeen): RawHeaders | null {
  if (tokens.scheme === 'bearer') return null;
  for (const { ask, headers } of answers) {
    const chosen =
      ask.status === 401 ? chooseChallenge(parseChallenges(headersOf(headers, 'www-authenticate'))) : null;
    if (chosen && (tokens.scheme === 'none' || chosen.scheme === 'bearer')) return headers;
  }
  return null;
}

function faultOf(challenges: readonly Challenge[], chosen: Challenge | null): string | null {
  if (challenges.length === 0) return null;
  if (chosen?.scheme === 'bearer' && !/^[a-z][a-z0-9+.-]*:/i.test(chosen.realm ?? '')) {
    return 'The realm is no full address. Docker asks full addresses only.';
  }
  if (chosen) return null;
  if (challenges.some(({ scheme, realm }) => scheme === 'bearer' && !realm))
    return 'The Bearer challenge names no realm.';
  const schemes = challenges.map(({ scheme }) => scheme).join(', ');
  return `Docker answers Bearer and Basic; this registry asks for ${schemes.slice(0, 100)}.`;
}

/** Their clock minus ours, taken at the middle of the exchange, and at the middle of the second that Date names. */
function clockOffset(date: string | null, { at, ms }: PingEvidence['exchange']): number | null {
  const theirs = Date.parse(date ?? '') + 500;
  if (Number.isNaN(theirs)) return null;
  // Never -0, which JSON cannot tell.
  return Math.round((theirs - (Date.parse(at) + ms / 2)) / 1000) + 0;
}
