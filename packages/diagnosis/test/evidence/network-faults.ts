import type { PullEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { ProxyEvidence, TlsEvidence } from '@pull-doctor/contract/evidence/network';
import type { Failure } from '@pull-doctor/contract/exchange';
import { type AnswerOptions, answered, failure, unanswered } from './exchange.ts';
import { healthyParts, type PullOptions, trusted } from './healthy-pull.ts';
import { endingAt, evidenceOf } from './make-evidence.ts';

/** The name of the registry has no address. The parts are what was seen in spite of that. */
export function dnsFails(
  code: Failure['code'],
  options: PullOptions = {},
  parts: Partial<Evidence> = {},
): Evidence {
  const whole = healthyParts(options).dns as NonNullable<Evidence['dns']>;
  const dns = { ...whole, addresses: [], failure: failure('dns', code) };
  return { ...endingAt('dns', evidenceOf(options, { dns })), ...parts };
}

/** No address of the registry, or of the proxy, takes a connection. */
export function tcpFails(code: Failure['code'], parts: Partial<NonNullable<Evidence['tcp']>> = {}): Evidence {
  const fault = failure('tcp', code);
  return endingAt(
    'tcp',
    evidenceOf(
      {},
      {
        tcp: {
          target: 'registry',
          tried: [{ address: '10.0.0.5', port: 443, failure: fault, ms: 1 }],
          connectedTo: null,
          failure: fault,
          plainHttp: null,
          ms: 1,
          ...parts,
        },
      },
    ),
  );
}

/** A proxy is used, and this is what came of it. */
export function viaProxy(proxy: Partial<ProxyEvidence>): Evidence {
  const used: ProxyEvidence = {
    use: 'used',
    why: 'HTTPS_PROXY of the daemon names it.',
    address: 'http://proxy.corp.example:3128',
    source: 'daemon',
    scheme: 'http',
    hasLogin: false,
    connect: null,
    failure: null,
    otherVantage: null,
    ms: 2,
    ...proxy,
  };
  const evidence = evidenceOf({}, { proxy: used });
  return used.failure ? endingAt('proxy', evidence) : evidence;
}

/** The answer of a proxy to CONNECT. */
export function proxyAnswers(status: number, more: Partial<ProxyEvidence> = {}): Evidence {
  return viaProxy({
    connect: answered(status, { method: 'CONNECT', url: 'http://proxy.corp.example:3128' }),
    failure: failure('proxy', status === 407 ? 'proxy-login' : 'proxy-refused'),
    ...more,
  });
}

/** A TLS handshake that did not end in a connection. */
export function tlsFails(
  tls: Partial<TlsEvidence>,
  options: PullOptions = {},
  parts: Partial<Evidence> = {},
): Evidence {
  const host = options.host ?? 'registry.corp.example';
  return endingAt('tls', evidenceOf(options, { tls: { ...trusted(host), use: 'failed', ...tls }, ...parts }));
}

/** A certificate with these faults. */
export function certificate(
  faults: TlsEvidence['faults'],
  leaf: Partial<TlsEvidence['chain'][number]> = {},
  parts: Partial<Evidence> = {},
): Evidence {
  const { chain } = trusted('registry.corp.example');
  const isTrust = faults.every((fault) => ['untrusted', 'self-signed', 'incomplete-chain'].includes(fault));
  return tlsFails(
    {
      faults,
      chain: chain.map((one) => ({ ...one, ...leaf })),
      failure: failure('tls', isTrust ? 'untrusted' : 'certificate-invalid'),
    },
    {},
    parts,
  );
}

/** The first request to /v2/ and its answer. */
export function pingAnswers(
  status: number,
  isRegistry: 'yes' | 'no' | 'unknown',
  options: AnswerOptions = {},
): Evidence {
  const ping = healthyParts({}).ping as NonNullable<Evidence['ping']>;
  return endingAt(
    'ping',
    evidenceOf(
      {},
      { ping: { ...ping, isRegistry, why: 'The answer is not JSON.', exchange: answered(status, options) } },
    ),
  );
}

export function pingFails(layer: Failure['layer'], code: Failure['code']): Evidence {
  const ping = healthyParts({}).ping as NonNullable<Evidence['ping']>;
  return endingAt(
    'ping',
    evidenceOf(
      {},
      {
        ping: {
          ...ping,
          isRegistry: 'unknown',
          why: 'There is no answer.',
          exchange: unanswered(layer, code),
        },
      },
    ),
  );
}

/** What a real pull through the daemon brought. */
export function pulled(pull: Partial<PullEvidence> = {}): PullEvidence {
  return {
    outcome: 'pulled',
    httpStatus: 200,
    message: null,
    during: null,
    digest: null,
    layers: 1,
    bytes: 2_100_000,
    totalBytes: 2_100_000,
    upToDate: false,
    attemptId: null,
    ms: 900,
    ...pull,
  };
}

export function pullSays(message: string, during: PullEvidence['during'] = 'resolving'): PullEvidence {
  return pulled({ outcome: 'failed', message, during, httpStatus: 500, bytes: 0 });
}
