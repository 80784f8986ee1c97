import dns from 'node:dns';
import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Failure } from '@pull-doctor/contract/exchange';
import { errorCode, failure } from '../failure.ts';
import { patience, stopped } from '../patience.ts';

export interface Address {
  address: string;
  family: 4 | 6;
}

export interface LookedUp {
  how: 'lookup' | 'address-literal';
  addresses: Address[];
  /** The name servers of this machine. */
  servers: string[];
  failure: Failure | null;
  ms: number;
}

/** How names are resolved; tests put their own name servers here. */
export interface Resolving {
  lookup: (host: string) => Promise<Address[]>;
  servers: readonly string[] | null;
}

/**
 * As glibc does it, with /etc/hosts and nsswitch.conf, which is what Go's resolver reads too. It tells only that a name
 * was not found, so that the name servers are asked directly for the reason when it fails or takes long.
 */
export const systemResolving: Resolving = {
  lookup: async (host) => {
    const found = await dns.promises.lookup(host, { all: true, order: 'verbatim' });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  },
  servers: null,
};

// A name server that answers does so well before this; after it, the second look-up starts beside the first.
const impatientMs = 1_000;

/** The addresses of a host. An IP address is its own answer; nobody is asked. */
export async function lookUp(
  host: string,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
  resolving: Resolving = systemResolving,
): Promise<LookedUp> {
  const started = performance.now();
  const servers = [...(resolving.servers ?? dns.getServers())];
  const end = (how: LookedUp['how'], addresses: Address[], failed: Failure | null): LookedUp => ({
    how,
    addresses,
    servers,
    failure: failed,
    ms: performance.now() - started,
  });
  const literal = isIP(host);
  if (literal) return end('address-literal', [{ address: host, family: literal === 6 ? 6 : 4 }], null);
  if (signal.aborted) return end('lookup', [], stopped(signal));

  const patient = patience(signal, timeoutMs);
  const resolver = new dns.promises.Resolver({ timeout: Math.max(500, Math.round(timeoutMs / 3)), tries: 1 });
  let asked: Promise<Failure> | undefined;
  const askReason = () => {
    asked ??= reasonOf(resolver, host, servers);
    return asked;
  };
  const impatient = setTimeout(askReason, Math.min(impatientMs, timeoutMs / 2));
  try {
    const settled = await Promise.race([
      resolving.lookup(host).then(
        (addresses) => ({ addresses }),
        (error: unknown) => ({ error }),
      ),
      once(patient.signal, 'abort').then(() => ({ error: null })),
    ]);
    if ('addresses' in settled) {
      if (settled.addresses.length > 0) return end('lookup', settled.addresses, null);
      return end('lookup', [], failure('dns', 'name-not-found', `lookup ${host}: the name has no address`));
    }
    if (signal.aborted) return end('lookup', [], stopped(signal));
    // EAI_NONAME and EAI_NODATA: the name servers answered, and the name has no address.
    if (errorCode(settled.error) === 'ENOTFOUND') {
      return end('lookup', [], failure('dns', 'name-not-found', `lookup ${host}: no such host`));
    }
    if (settled.error === null) resolver.cancel();
    return end('lookup', [], await askReason());
  } finally {
    clearTimeout(impatient);
    patient.done();
    resolver.cancel();
  }
}

/** Asks the name servers directly, because getaddrinfo has one answer ("try again") for all that can be wrong with them. */
async function reasonOf(
  resolver: dns.promises.Resolver,
  host: string,
  servers: readonly string[],
): Promise<Failure> {
  const whom = servers.length > 0 ? servers.join(', ') : 'no name server';
  try {
    resolver.setServers(servers);
    await resolver.resolve4(host);
    return failure(
      'dns',
      'name-server-silent',
      `lookup ${host}: the system's look-up got no answer in time, although ${whom} knows the name`,
    );
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOTFOUND':
        return failure('dns', 'name-not-found', `lookup ${host} on ${whom}: no such host`);
      case 'ENODATA':
        return failure('dns', 'name-not-found', `lookup ${host} on ${whom}: the name has no IPv4 address`);
      case 'ETIMEOUT':
      case 'ECANCELLED':
        return failure('dns', 'name-server-silent', `lookup ${host} on ${whom}: no answer`);
      case 'ECONNREFUSED':
        return failure('dns', 'name-server-silent', `lookup ${host} on ${whom}: nothing listens there`);
      default:
        return failure(
          'dns',
          'name-server-failure',
          `lookup ${host} on ${whom}: server failure (${errorCode(error) || 'unknown'})`,
        );
    }
  }
}
