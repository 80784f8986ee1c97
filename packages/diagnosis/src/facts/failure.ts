import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Failure, FailureCode } from '@pull-doctor/contract/exchange';
import type { StepName } from '@pull-doctor/contract/steps';
import { askedAsDocker, hostAsked } from './asked.ts';
import { subjectOf } from './subject.ts';

/** The first place on the way of the pull where nothing came back. */
export interface PlaceOfFailure {
  step: StepName;
  failure: Failure;
  /** Whom Pull Doctor wanted to reach there: the registry, its token server, or the proxy. */
  host: string;
  /** Whether that was the proxy, or the way to it. */
  atProxy: boolean;
  /** The diagnosis had no time left while it waited for this answer; nobody stopped it. */
  isTimeUp: boolean;
  /** A proxy of a kind that Docker can use and Pull Doctor cannot. */
  isOurLimit: boolean;
}

/** Where the pull broke off without an answer, or nothing where every request was answered. */
export function firstFailure(evidence: Evidence): PlaceOfFailure | null {
  const place = findPlace(evidence);
  if (!place) return null;
  const isStopped = Object.values(evidence.notSeen).some((one) => one?.code === 'stopped');
  const scheme = evidence.proxy?.scheme;
  return {
    ...place,
    isTimeUp: place.failure.code === 'stopped' && !isStopped,
    isOurLimit: place.failure.code === 'proxy-protocol' && (scheme === 'socks5' || scheme === 'other'),
  };
}

type Place = Omit<PlaceOfFailure, 'isTimeUp' | 'isOurLimit'>;

function findPlace(evidence: Evidence): Place | null {
  const { dns, tcp, proxy, tls } = evidence;
  const registry = subjectOf(evidence).host;
  const proxyHost = proxy?.address ?? 'the proxy';
  const usesProxy = proxy?.use === 'used';
  if (dns?.failure) {
    // With a proxy, the registry's name is left to it: a name that was looked up is then the proxy's own.
    const isProxy = usesProxy && !registry.startsWith(dns.host);
    return { step: 'dns', failure: dns.failure, host: dns.host, atProxy: isProxy };
  }
  if (tcp?.failure) {
    const isProxy = tcp.target === 'proxy';
    return { step: 'tcp', failure: tcp.failure, host: isProxy ? proxyHost : registry, atProxy: isProxy };
  }
  if (proxy?.failure) return { step: 'proxy', failure: proxy.failure, host: proxyHost, atProxy: true };
  if (tls?.failure) {
    return { step: 'tls', failure: tls.failure, host: registry, atProxy: tls.failure.layer === 'proxy' };
  }
  for (const { step, exchange } of askedAsDocker(evidence)) {
    if (exchange.failure) {
      const host = hostAsked(exchange) || registry;
      return { step, failure: exchange.failure, host, atProxy: exchange.failure.layer === 'proxy' };
    }
  }
  return null;
}

const dnsCodes: readonly FailureCode[] = ['name-not-found', 'name-server-failure', 'name-server-silent'];
const connectionCodes: readonly FailureCode[] = [
  'refused',
  'connect-timed-out',
  'unreachable',
  'reset',
  'closed',
  'answer-timed-out',
  'body-cut-short',
];
const proxyCodes: readonly FailureCode[] = [
  'proxy-refused',
  'proxy-login',
  'proxy-unreachable',
  'proxy-protocol',
];
const tlsCodes: readonly FailureCode[] = [
  'tls-protocol',
  'tls-alert',
  'certificate-required',
  'certificate-invalid',
];

export type FailureKind = 'proxy' | 'dns' | 'connection' | 'untrusted' | 'tls' | 'unusable' | 'not-judged';

/** Which family of causes a failure belongs to. */
export function kindOf({ failure, atProxy, isTimeUp, isOurLimit }: PlaceOfFailure): FailureKind {
  const { code, layer } = failure;
  if (isTimeUp) return atProxy ? 'proxy' : 'connection';
  if (code === 'stopped' || code === 'guarded' || isOurLimit) return 'not-judged';
  if (atProxy || layer === 'proxy' || proxyCodes.includes(code)) return 'proxy';
  if (dnsCodes.includes(code)) return 'dns';
  if (code === 'untrusted') return 'untrusted';
  if (tlsCodes.includes(code)) return 'tls';
  if (connectionCodes.includes(code) || layer === 'deadline') return 'connection';
  if (code === 'other') return layer === 'tcp' ? 'connection' : layer === 'tls' ? 'tls' : 'not-judged';
  return 'unusable';
}

/** What a failure looks like from outside, as a part of a sentence. */
export function failureInWords({ code, message }: Failure): string {
  switch (code) {
    case 'refused':
      return 'refused the connection';
    case 'connect-timed-out':
      return 'did not answer the connection attempt';
    case 'unreachable':
      return 'cannot be reached: there is no route to it';
    case 'reset':
      return 'reset the connection';
    case 'closed':
      return 'closed the connection without an answer';
    case 'stopped':
      return 'had not answered when the time for the diagnosis was up';
    case 'answer-timed-out':
      return 'accepted the connection and never answered';
    case 'body-cut-short':
      return 'broke off in the middle of its answer';
    case 'name-not-found':
      return 'has no address: the name does not exist';
    case 'name-server-failure':
      return 'has no address: the name server failed';
    case 'name-server-silent':
      return 'has no address: the name server did not answer';
    default:
      return `failed: ${message}`;
  }
}
