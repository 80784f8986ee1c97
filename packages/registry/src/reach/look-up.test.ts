import { type DnsServer, startDnsServer } from '@pull-doctor/testkit/dns-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Address, lookUp } from './look-up.ts';

let server: DnsServer;
const signal = new AbortController().signal;

beforeAll(async () => {
  server = await startDnsServer({
    addresses: new Map([['there.example.org', '192.0.2.1']]),
    failing: ['failing.example.org'],
    silent: ['silent.example.org'],
  });
});

afterAll(() => server.close());

// What getaddrinfo says of all that can be wrong with a name server; the reason comes from asking it directly.
const tryAgain = () =>
  Promise.reject(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }));

function look(host: string, lookup: (host: string) => Promise<Address[]>, timeoutMs = 2_000) {
  return lookUp(host, { signal, timeoutMs }, { lookup, servers: [`127.0.0.1:${server.port}`] });
}

describe('looking up a name', () => {
  it.each([
    ['there is no such name', 'absent.example.org', 'name-not-found'],
    ['the name server fails', 'failing.example.org', 'name-server-failure'],
    ['the name server is silent', 'silent.example.org', 'name-server-silent'],
  ])('tells that %s', async (_, host, code) => {
    expect((await look(host, tryAgain)).failure).toMatchObject({ layer: 'dns', code });
  });

  it('tells that nothing listens where a name server should be', async () => {
    const seen = await lookUp(
      'x.example.org',
      { signal, timeoutMs: 2_000 },
      { lookup: tryAgain, servers: ['127.0.0.1:1'] },
    );
    expect(seen.failure?.code).toBe('name-server-silent');
  });

  it('gives up in time where the system never comes back', async () => {
    const started = performance.now();
    const { failure } = await look('silent.example.org', () => new Promise(() => {}), 300);
    expect(failure?.code).toBe('name-server-silent');
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('asks nobody about an address', async () => {
    const { how, addresses } = await look('2001:db8::1', () => Promise.reject(new Error('asked')));
    expect({ how, addresses }).toEqual({
      how: 'address-literal',
      addresses: [{ address: '2001:db8::1', family: 6 }],
    });
  });

  it('stops when it is told to', async () => {
    const stop = AbortSignal.timeout(50);
    const seen = await lookUp(
      'x.example.org',
      { signal: stop, timeoutMs: 5_000 },
      { lookup: () => new Promise(() => {}), servers: [] },
    );
    expect(seen.failure).toMatchObject({ layer: 'deadline', code: 'stopped' });
  });
});
