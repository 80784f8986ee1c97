import dns from 'node:dns';
import type net from 'node:net';
import type {
  DnsEvidence,
  ProxyEvidence,
  TcpEvidence,
  TlsEvidence,
} from '@pull-doctor/contract/evidence/network';
import type { Failure } from '@pull-doctor/contract/exchange';
import { providerOf } from '@pull-doctor/diagnosis/providers/providers';
import { failure } from '../failure.ts';
import { type Asked, Asker } from '../http/asker.ts';
import type { Opened, Road } from '../http/origin.ts';
import { pingRequest } from '../ping.ts';
import type { ProbeSettings } from '../settings.ts';
import type { RegistryPlace } from './address-guard.ts';
import { addressKind } from './address-kind.ts';
import { chooseProxy, type ProxyChoice } from './choose-proxy.ts';
import type { Connected } from './connect-tcp.ts';
import type { Handshake } from './handshake.ts';
import { interceptionSigns } from './interception.ts';
import { isFromPublicAuthority } from './judge-certificate.ts';
import type { LookedUp } from './look-up.ts';
import { lookAtPlainPort } from './plain-look.ts';
import type { ProxyServer } from './proxy-address.ts';
import {
  connectTo,
  dial,
  find,
  passProxy,
  type RoadSettings,
  roadOn,
  secure,
  type Target,
  unreachableProxy,
} from './roads.ts';

/**
 * The way to the registry, one step after the other on one connection: look-up, TCP, proxy, TLS. Each step gives its
 * part of the evidence; what they made is the road that the requests go over.
 */
export class Way {
  readonly #settings: ProbeSettings;
  readonly #roads: RoadSettings;
  readonly #choice: ProxyChoice;
  #target: Target;
  #lookedUp: LookedUp | null = null;
  #connected: Connected | null = null;
  #socket: net.Socket | null = null;
  #plainPing: Asked | null = null;
  #isFailed = false;

  constructor(settings: ProbeSettings, roads: RoadSettings) {
    this.#settings = settings;
    this.#roads = roads;
    const { host, port } = settings;
    this.#choice = chooseProxy({ scheme: 'https', host, port }, settings.proxies);
    this.#target = {
      scheme: 'https',
      host,
      port,
      addresses: [],
      proxy: this.#choice.use === 'used' ? this.#choice.proxy : null,
      verify: !settings.insecure,
    };
  }

  /** Where the registry stands, once that is known. */
  get place(): RegistryPlace {
    const address = this.#target.proxy ? this.#target.host : this.#connected?.connectedTo?.address;
    const kind = address === undefined ? null : addressKind(address);
    // A name that only the proxy resolves is no address.
    return { host: this.#target.host, kind: kind === 'reserved' ? null : kind };
  }

  get origin(): URL {
    const { scheme, host, port } = this.#target;
    return new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}/`);
  }

  async dns(): Promise<DnsEvidence> {
    const { host } = this.#settings;
    if (this.#target.proxy) {
      return { host, how: 'left-to-proxy', addresses: [], servers: dns.getServers(), failure: null, ms: 0 };
    }
    this.#lookedUp = await find(host, this.#roads);
    const { how, addresses, servers, failure: failed, ms } = this.#lookedUp;
    this.#target = { ...this.#target, addresses };
    this.#isFailed = failed !== null;
    return { host, how, addresses, servers, failure: failed, ms };
  }

  async tcp(): Promise<TcpEvidence> {
    const started = performance.now();
    const { proxy } = this.#target;
    const target = proxy ? 'proxy' : 'registry';
    const end = (rest: Partial<TcpEvidence>): TcpEvidence => {
      this.#isFailed = rest.failure != null;
      return {
        target,
        tried: this.#connected?.tried ?? [],
        connectedTo: null,
        failure: null,
        plainHttp: null,
        ...rest,
        ms: performance.now() - started,
      };
    };
    if (proxy) {
      const found = await find(proxy.host, this.#roads);
      if (found.failure) return end({ failure: found.failure });
      this.#target = { ...this.#target, addresses: found.addresses };
    } else {
      if (!this.#lookedUp) throw new Error('tcp needs the addresses of dns.');
      const forbidden = forbiddenRegistry(this.#lookedUp);
      if (forbidden) return end({ failure: forbidden });
    }
    this.#connected = await connectTo(this.#target, this.#roads);
    this.#socket = this.#connected.socket;
    const port = proxy ? proxy.port : this.#target.port;
    const { connectedTo } = this.#connected;
    if (connectedTo) return end({ connectedTo: shownAddress(connectedTo.address, port) });
    const failed = this.#connected.failure;
    if (proxy || this.#settings.portGiven || port !== 443 || failed?.code === 'stopped')
      return end({ failure: failed });
    return this.#settings.insecure
      ? this.#fallBackToPort80(end, failed)
      : end({ failure: failed, plainHttp: await this.#askPort80() });
  }

  async proxy(): Promise<ProxyEvidence> {
    const started = performance.now();
    const { why } = this.#choice;
    const { proxy } = this.#target;
    const end = async (rest: Partial<ProxyEvidence>): Promise<ProxyEvidence> => {
      const isBlocked = this.#isFailed || rest.failure != null;
      return {
        use: this.#choice.use,
        why: proxy?.loginIsMasked
          ? `${why} The daemon hides the login of its proxy, so it was asked without one.`
          : why,
        address: proxy?.shown ?? null,
        source: proxy ? this.#settings.proxies.source : null,
        scheme: proxy?.scheme ?? null,
        hasLogin: proxy?.hasLogin ?? false,
        connect: null,
        failure: null,
        ...rest,
        otherVantage: await this.#otherVantage(isBlocked),
        ms: performance.now() - started,
      };
    };
    if (!proxy) return end({});
    if (!this.#socket) {
      const failed =
        this.#connected?.failure ?? failure('proxy', 'proxy-unreachable', `${proxy.host} was not found.`);
      return end({ failure: unreachableProxy(failed) });
    }
    const passed = await passProxy(this.#socket, this.#target, this.#roads);
    this.#socket = passed.socket;
    this.#isFailed = passed.failure !== null;
    return end({ connect: passed.exchange, failure: passed.failure });
  }

  async tls(): Promise<TlsEvidence> {
    const started = performance.now();
    const trust = await this.#roads.trust();
    const { host } = this.#settings;
    const base: Omit<TlsEvidence, 'use' | 'ms'> = {
      serverName: host,
      protocol: null,
      chain: [],
      faults: [],
      failure: null,
      trust: { sources: trust.sources, authorities: trust.authorities.count, notes: trust.notes },
      clientCertificate: 'not-asked',
      interception: { suspected: false, why: [] },
      plain: null,
    };
    if (this.#target.scheme === 'http')
      return { ...base, use: 'plain-http', ms: performance.now() - started };
    if (!this.#socket) throw new Error('tls needs the connection of tcp and proxy.');
    const handshake = await secure(this.#socket, this.#target, this.#roads);
    this.#socket = handshake.socket;
    const { judged, protocol, clientCertificate } = handshake;
    const seen = {
      ...base,
      protocol,
      chain: judged.chain,
      faults: judged.faults,
      clientCertificate,
      interception: this.#interception(handshake),
    };
    if (handshake.socket) {
      const use = this.#settings.insecure ? 'not-verified' : 'verified';
      return { ...seen, use, ms: performance.now() - started };
    }
    const look = mayBePlain(handshake.failure) ? await this.#lookAtPlainPort() : null;
    const plain = look?.plain ?? null;
    // dockerd tries an insecure registry over http whenever https fails, whatever the reason.
    if (this.#settings.insecure && plain?.speaks === 'http') {
      const isRedirect = look?.asked?.exchange.redirects.length !== 0;
      this.#plainPing = !isRedirect && !this.#target.proxy ? (look?.asked ?? null) : null;
      await this.#turnToHttp();
      return { ...seen, use: 'plain-http', plain, ms: performance.now() - started };
    }
    this.#isFailed = true;
    return { ...seen, use: 'failed', failure: handshake.failure, plain, ms: performance.now() - started };
  }

  /** The ping, where finding out that the port speaks plain http has asked it already. Given once. */
  takePing(): Asked | null {
    const asked = this.#plainPing;
    this.#plainPing = null;
    return asked;
  }

  /** The road that the steps made; its first connection is theirs. */
  road(): Road {
    if (this.#isFailed) throw new Error('The way to the registry is not open.');
    const socket = this.#socket;
    this.#socket = null;
    // Beside each other saves round trips; where a round trip is shorter than a handshake's work it does not.
    const roundTripMs = this.#connected?.tried.at(-1)?.ms ?? 0;
    const isCheap = roundTripMs < 5 && this.#target.scheme === 'https';
    return roadOn(this.#target, this.#roads, isCheap ? 1 : 4, socket);
  }

  async #fallBackToPort80(
    end: (rest: Partial<TcpEvidence>) => TcpEvidence,
    failed: Failure | null,
  ): Promise<TcpEvidence> {
    const before = this.#connected?.tried ?? [];
    const target: Target = { ...this.#target, scheme: 'http', port: 80, proxy: null };
    this.#connected = await connectTo(target, this.#roads);
    const tried = [...before, ...this.#connected.tried];
    const { connectedTo } = this.#connected;
    if (!connectedTo) return end({ tried, failure: failed });
    this.#socket = this.#connected.socket;
    this.#target = target;
    return end({ tried, connectedTo: shownAddress(connectedTo.address, 80) });
  }

  async #askPort80(): Promise<TcpEvidence['plainHttp']> {
    const target: Target = { ...this.#target, scheme: 'http', port: 80, proxy: null };
    const road = roadOn(target, this.#roads, 1);
    const { scrubber, signal, timeouts, pace, now } = this.#roads;
    const asker = new Asker({
      roadTo: async () => ({ road, failure: null }),
      scrubber,
      signal,
      timeoutMs: timeouts.answerMs,
      pace,
      now,
    });
    const asked = await asker.ask({
      ...pingRequest(new URL(`http://${this.origin.hostname}/v2/`)),
      redirects: 'not-followed',
    });
    await asker.close();
    return asked.exchange.answer ? asked.exchange : null;
  }

  #lookAtPlainPort() {
    const { host, port } = this.#settings;
    const { scrubber, signal, timeouts, pace, now } = this.#roads;
    const open = async (): Promise<Opened> => {
      const { socket, failure: failed } = await connectTo(this.#target, this.#roads);
      if (!socket) return { socket: null, failure: failed ?? failure('tcp', 'other', 'No connection.') };
      const passed = await passProxy(socket, this.#target, this.#roads);
      return passed.socket
        ? { socket: passed.socket, failure: null }
        : { socket: null, failure: passed.failure ?? failure('proxy', 'other', 'No tunnel.') };
    };
    return lookAtPlainPort({ host, port, open, scrubber, signal, timeoutMs: timeouts.answerMs, pace, now });
  }

  /** From now on over http, which may have another proxy than https. */
  async #turnToHttp(): Promise<void> {
    const { host, port, proxies } = this.#settings;
    const choice = chooseProxy({ scheme: 'http', host, port }, proxies);
    const proxy = choice.use === 'used' ? choice.proxy : null;
    const isSame = proxy?.shown === this.#target.proxy?.shown;
    const addresses = isSame
      ? this.#target.addresses
      : (await find(proxy?.host ?? host, this.#roads)).addresses;
    this.#target = { ...this.#target, scheme: 'http', proxy, addresses };
  }

  #interception({ judged }: Handshake): TlsEvidence['interception'] {
    const { leaf } = judged;
    if (!leaf) return { suspected: false, why: [] };
    const provider = providerOf(this.#settings.registryName);
    return interceptionSigns({
      issuers: judged.chain.map(({ issuer }) => issuer),
      isTrusted: !judged.faults.some((fault) => untrusted.has(fault)),
      knownService:
        provider.owns(this.#settings.registryName.toLowerCase()) && provider.id !== 'generic'
          ? provider.name
          : null,
      isFromPublicAuthority: () => isFromPublicAuthority(leaf),
      proxy: this.#target.proxy?.shown ?? null,
    });
  }

  /** Where Pull Doctor's own proxies would lead another way, and the daemon's does not lead out: whether that one does. */
  async #otherVantage(isBlocked: boolean): Promise<ProxyEvidence['otherVantage']> {
    const { ownProxies, host, port } = this.#settings;
    if (!ownProxies) return null;
    const other = chooseProxy({ scheme: 'https', host, port }, ownProxies);
    const otherProxy = other.use === 'used' ? other.proxy : null;
    if (otherProxy?.shown === this.#target.proxy?.shown) return null;
    const way = (proxy: ProxyServer | null) => (proxy ? `through ${proxy.shown}` : 'without a proxy');
    const what = `Docker goes ${way(this.#target.proxy)}, Pull Doctor's own environment ${way(otherProxy)}.`;
    if (!isBlocked || this.#roads.signal.aborted) return { what, reached: null };
    const found = await find(otherProxy ? otherProxy.host : host, this.#roads);
    if (found.failure) return { what, reached: false };
    const target: Target = {
      ...this.#target,
      scheme: 'https',
      port,
      addresses: found.addresses,
      proxy: otherProxy,
    };
    const dialled = await dial(target, this.#roads);
    dialled.socket?.destroy();
    return { what, reached: dialled.socket !== null || (dialled.handshake?.judged.chain.length ?? 0) > 0 };
  }
}

const untrusted = new Set<TlsEvidence['faults'][number]>(['untrusted', 'self-signed', 'incomplete-chain']);

// Where a person points Pull Doctor is their choice, except for the addresses at which clouds hand out credentials, and
// those that no registry can have.
function forbiddenRegistry({ addresses }: LookedUp): Failure | null {
  const found = addresses.find(({ address }) => {
    const kind = addressKind(address);
    return kind === 'metadata' || kind === 'multicast' || kind === 'link-local';
  });
  return found
    ? failure(
        'guard',
        'guarded',
        `Pull Doctor does not connect to ${found.address}, a ${addressKind(found.address)} address.`,
      )
    : null;
}

function mayBePlain(failed: Failure | null): boolean {
  return ['not-tls', 'closed', 'reset', 'answer-timed-out'].includes(failed?.code ?? '');
}

function shownAddress(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
