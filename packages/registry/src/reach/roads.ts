import type net from 'node:net';
import type { Exchange, Failure } from '@pull-doctor/contract/exchange';
import { failure } from '../failure.ts';
import type { Opened, Road } from '../http/origin.ts';
import type { Scrubber } from '../http/scrub.ts';
import type { Pace, ProxySettings, Timeouts } from '../settings.ts';
import { addressObjection, nameObjection, type RegistryPlace } from './address-guard.ts';
import { chooseProxy } from './choose-proxy.ts';
import { type Connected, connectTcp } from './connect-tcp.ts';
import { type Handshake, shakeHands } from './handshake.ts';
import { type Address, type LookedUp, lookUp, type Resolving } from './look-up.ts';
import type { ProxyServer } from './proxy-address.ts';
import { openSocks } from './socks5.ts';
import type { Trust } from './trust.ts';
import { openTunnel } from './tunnel.ts';

/** What every connection of a probe shares. */
export interface RoadSettings {
  proxies: ProxySettings;
  timeouts: Timeouts;
  pace: Pace | undefined;
  signal: AbortSignal;
  now: () => Date;
  scrubber: Scrubber;
  resolving: Resolving;
  trust: () => Promise<Trust>;
  onSocket: (socket: net.Socket) => void;
}

export interface Target {
  scheme: 'http' | 'https';
  host: string;
  port: number;
  /** Where to connect to: the target's own addresses, or the proxy's. Pinned: no name is looked up again. */
  addresses: readonly Address[];
  proxy: ProxyServer | null;
  verify: boolean;
}

/** The outcome of each part of the way; parts that were not reached are null. */
export interface Dialled {
  connected: Connected;
  tunnel: { exchange: Exchange; failure: Failure | null } | null;
  handshake: Handshake | null;
  socket: net.Socket | null;
  failure: Failure | null;
}

/** Connects, through the proxy where there is one, and makes the TLS connection. */
export async function dial(target: Target, settings: RoadSettings): Promise<Dialled> {
  const connected = await connectTo(target, settings);
  if (!connected.socket) {
    const failed = connected.failure ?? failure('tcp', 'other', 'No connection.');
    return {
      connected,
      tunnel: null,
      handshake: null,
      socket: null,
      failure: target.proxy ? unreachableProxy(failed) : failed,
    };
  }
  const passed = await passProxy(connected.socket, target, settings);
  const tunnel = passed.exchange ? { exchange: passed.exchange, failure: passed.failure } : null;
  if (!passed.socket) return { connected, tunnel, handshake: null, socket: null, failure: passed.failure };
  if (target.scheme === 'http')
    return { connected, tunnel, handshake: null, socket: passed.socket, failure: null };
  const handshake = await secure(passed.socket, target, settings);
  return { connected, tunnel, handshake, socket: handshake.socket, failure: handshake.failure };
}

export async function connectTo(target: Target, settings: RoadSettings): Promise<Connected> {
  const port = target.proxy ? target.proxy.port : target.port;
  const connected = await connectTcp(target.addresses, port, {
    signal: settings.signal,
    timeoutMs: settings.timeouts.connectMs,
  });
  if (connected.socket) settings.onSocket(connected.socket);
  return connected;
}

export interface Passed {
  socket: net.Socket | null;
  exchange: Exchange | null;
  failure: Failure | null;
}

/** Through the proxy: TLS with itself where it is an https:// one, then CONNECT for https targets. */
export async function passProxy(
  connection: net.Socket,
  target: Target,
  settings: RoadSettings,
): Promise<Passed> {
  const { proxy } = target;
  if (!proxy) return { socket: connection, exchange: null, failure: null };
  if (proxy.scheme === 'other') {
    connection.destroy();
    const failed = failure('proxy', 'proxy-protocol', `Nobody knows how to speak to ${proxy.shown}.`);
    return { socket: null, exchange: null, failure: failed };
  }
  const to = {
    proxy,
    host: target.host,
    port: target.port,
    signal: settings.signal,
    timeoutMs: settings.timeouts.answerMs,
  };
  if (proxy.scheme === 'socks5') return { ...(await openSocks(connection, to)), exchange: null };
  let socket = connection;
  if (proxy.scheme === 'https') {
    const handshake = await shakeHands(connection, await handshakeSettings(proxy.host, true, settings));
    if (!handshake.socket)
      return { socket: null, exchange: null, failure: proxyTlsFailure(handshake.failure) };
    settings.onSocket(handshake.socket);
    socket = handshake.socket;
  }
  if (target.scheme === 'http') return { socket, exchange: null, failure: null };
  return openTunnel(socket, { ...to, now: settings.now, scrubber: settings.scrubber });
}

export async function secure(socket: net.Socket, target: Target, settings: RoadSettings): Promise<Handshake> {
  const handshake = await shakeHands(socket, await handshakeSettings(target.host, target.verify, settings));
  if (handshake.socket) settings.onSocket(handshake.socket);
  return handshake;
}

async function handshakeSettings(serverName: string, verify: boolean, settings: RoadSettings) {
  return {
    serverName,
    verify,
    trust: await settings.trust(),
    now: settings.now(),
    signal: settings.signal,
    timeoutMs: settings.timeouts.handshakeMs,
  };
}

export function unreachableProxy(failed: Failure): Failure {
  if (failed.code === 'stopped') return failed;
  return failure('proxy', 'proxy-unreachable', `proxyconnect: ${failed.message}`);
}

// "HTTPS_PROXY=https://…" for a proxy that speaks plain http is the usual mistake behind this.
function proxyTlsFailure(failed: Failure | null): Failure {
  if (!failed || failed.code === 'stopped')
    return failed ?? failure('proxy', 'other', 'No TLS with the proxy.');
  if (failed.code === 'not-tls' || failed.code === 'closed' || failed.code === 'reset') {
    return failure(
      'proxy',
      'proxy-protocol',
      `The setting says https://, but the proxy does not speak TLS: ${failed.message}`,
    );
  }
  return { ...failed, layer: 'proxy' };
}

/**
 * A road to a host that the registry named: looked up, judged, and pinned to the addresses that were judged.
 *
 * @returns the failure `guarded` where the address is one that Pull Doctor does not go to
 */
export async function roadTo(
  to: { scheme: 'http' | 'https'; host: string; port: number; isTrusted: boolean; verify: boolean },
  registry: RegistryPlace,
  settings: RoadSettings,
): Promise<{ road: Road; failure: null } | { road: null; failure: Failure }> {
  const refuse = (why: string) => ({ road: null, failure: failure('guard', 'guarded', why) });
  const objection = nameObjection(to.host, registry, to.isTrusted);
  if (objection) return refuse(objection);
  const choice = chooseProxy(to, settings.proxies);
  const proxy = choice.use === 'used' ? choice.proxy : null;
  const found = await find(proxy ? proxy.host : to.host, settings);
  if (found.failure) return { road: null, failure: proxy ? unreachableProxy(found.failure) : found.failure };
  if (!proxy) {
    const objections = found.addresses.map(({ address }) =>
      addressObjection(to.host, address, registry, to.isTrusted),
    );
    // One forbidden address among several is a trick, not a configuration.
    const first = objections.find((one) => one !== null);
    if (first) return refuse(first);
  }
  return { road: roadOn({ ...to, addresses: found.addresses, proxy }, settings, 2), failure: null };
}

export function find(host: string, settings: RoadSettings): Promise<LookedUp> {
  return lookUp(host, { signal: settings.signal, timeoutMs: settings.timeouts.lookupMs }, settings.resolving);
}

/** @param prepared a connection that was made already and is used first */
export function roadOn(
  target: Target,
  settings: RoadSettings,
  connectionsMax: number,
  prepared: net.Socket | null = null,
): Road {
  let first = prepared;
  return {
    scheme: target.scheme,
    host: target.host,
    port: target.port,
    connectionsMax,
    forward: isForwarding(target) ? { authorization: target.proxy?.authorization ?? null } : null,
    open: async (): Promise<Opened> => {
      const socket = first;
      first = null;
      if (socket && !socket.destroyed && socket.writable) return { socket, failure: null };
      const dialled = await dial(target, settings);
      if (dialled.socket) return { socket: dialled.socket, failure: null };
      return { socket: null, failure: dialled.failure ?? failure('tcp', 'other', 'No connection.') };
    },
  };
}

/** An http proxy takes requests for plain http as they are; a SOCKS proxy gives a connection for them, too. */
function isForwarding({ scheme, proxy }: Target): boolean {
  return scheme === 'http' && (proxy?.scheme === 'http' || proxy?.scheme === 'https');
}
