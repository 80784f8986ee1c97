import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DnsServer, startDnsServer } from '../src/dns-server.ts';

let server: DnsServer;
const resolver = new Resolver({ timeout: 150, tries: 1 });
beforeAll(async () => {
  server = await startDnsServer({
    addresses: new Map([['registry.clinic.test', '10.77.0.18']]),
    failing: ['broken.test'],
    silent: ['quiet.test'],
  });
  resolver.setServers([`${server.address}:${server.port}`]);
});
afterAll(() => server.close());

describe('the name server', () => {
  it('knows an address, and no IPv6 address beside it', async () => {
    expect(await resolver.resolve4('Registry.Clinic.Test')).toEqual(['10.77.0.18']);
    await expect(resolver.resolve6('registry.clinic.test')).rejects.toMatchObject({ code: 'ENODATA' });
  });

  it.each([
    ['does not know', 'nobody.test', 'ENOTFOUND'],
    ['fails at', 'x.broken.test', 'ESERVFAIL'],
    ['is silent about', 'x.quiet.test', 'ETIMEOUT'],
  ])('%s %s', async (_, name, code) => {
    await expect(resolver.resolve4(name)).rejects.toMatchObject({ code });
  });
});
