import { describe, expect, it } from 'vitest';
import { addressObjection, nameObjection, type RegistryPlace } from '../reach/address-guard.ts';
import { judgeRealm } from './realm-guard.ts';

const nowhere = async () => null;

function judge(
  realm: string,
  registry: string,
  more: { name?: string; trusted?: string[]; objection?: string } = {},
) {
  const url = new URL(registry);
  return judgeRealm(
    realm,
    { registry: url, registryName: more.name ?? url.host, trustedRealmHosts: more.trusted ?? [] },
    more.objection ? async () => more.objection ?? null : nowhere,
  );
}

describe('the realm', () => {
  it.each<[string, string, string, object?]>([
    ['https://reg.example.com/token', 'https://reg.example.com/', 'same-host'],
    ['https://reg.example.com:8443/token', 'https://reg.example.com:5000/', 'same-host'],
    ['/token', 'https://reg.example.com/', 'same-host'],
    ['http://127.0.0.1:5001/token', 'http://localhost:5000/', 'same-host'],
    ['https://auth.example.com/token', 'https://reg.example.com/', 'same-domain'],
    ['https://auth.example.co.uk/token', 'https://reg.example.co.uk/', 'same-domain'],
    ['https://10.0.7.9/token', 'https://10.0.7.8:5000/', 'same-domain'],
    [
      'https://auth.docker.io/token',
      'https://registry-1.docker.io/',
      'same-domain|known-host',
      { name: 'docker.io' },
    ],
    [
      'https://api.digitalocean.com/v2/registry/auth',
      'https://registry.digitalocean.com/',
      'same-domain|known-host',
    ],
    ['https://api.scaleway.com/x', 'https://rg.fr-par.scw.cloud/', 'known-host'],
    [
      'https://sso.corp.example/token',
      'https://reg.example.com/',
      'trusted-by-setting',
      { trusted: ['sso.corp.example'] },
    ],
    [
      'https://a.sso.corp.example/token',
      'https://reg.example.com/',
      'trusted-by-setting',
      { trusted: ['.sso.corp.example'] },
    ],
  ])('%s of %s gets the credential: %s', async (realm, registry, code, more = {}) => {
    const { verdict, maySendCredential } = await judge(realm, registry, more);
    expect(code.split('|')).toContain(verdict.code);
    expect(maySendCredential).toBe(true);
  });

  it.each<[string, string, string, object?]>([
    ['https://token.thief.example/token', 'https://reg.example.com/', 'other-domain'],
    ['https://other.fly.dev/token', 'https://mine.fly.dev/', 'other-domain'],
    ['https://other.github.io/token', 'https://mine.github.io/', 'other-domain'],
    ['https://b.co.uk/token', 'https://a.co.uk/', 'other-domain'],
    ['https://10.0.8.9/token', 'https://10.0.7.8:5000/', 'other-domain'],
    ['https://auth.docker.io/token', 'https://reg.example.com/', 'other-domain'],
    [
      'https://notsso.corp.example/token',
      'https://reg.example.com/',
      'other-domain',
      { trusted: ['sso.corp.example'] },
    ],
    ['https://reg.example.com.thief.example/token', 'https://reg.example.com/', 'other-domain'],
  ])('%s of %s is asked as nobody', async (realm, registry, code, more = {}) => {
    const { verdict, url, maySendCredential } = await judge(realm, registry, more);
    expect(verdict).toMatchObject({ allowed: false, code });
    expect(maySendCredential).toBe(false);
    expect(url).not.toBeNull();
  });

  it.each<[string, string, string, object?]>([
    ['http://reg.example.com/token', 'https://reg.example.com/', 'not-https'],
    ['https://alice:secret@reg.example.com/token', 'https://reg.example.com/', 'user-info'],
    ['https://reg.example.com@thief.example/token', 'https://reg.example.com/', 'user-info'],
    ['file:///etc/passwd', 'https://reg.example.com/', 'not-an-address'],
    ['gopher://reg.example.com/', 'https://reg.example.com/', 'not-an-address'],
    ['token please', 'https://reg.example.com/', 'not-an-address'],
    ['https://reg.example.com/\r\nx: y', 'https://reg.example.com/', 'not-an-address'],
    ['', 'https://reg.example.com/', 'not-an-address'],
    ['https://reg.example.com/token', 'https://reg.example.com/', 'forbidden-address', { objection: 'no' }],
  ])('%j of %s is not asked at all: %s', async (realm, registry, code, more = {}) => {
    const { verdict, url } = await judge(realm, registry, more);
    expect(verdict).toMatchObject({ allowed: false, code });
    expect(url).toBeNull();
    expect(JSON.stringify(verdict)).not.toContain('secret');
  });
});

describe('addresses that a registry names', () => {
  const at = (kind: RegistryPlace['kind']): RegistryPlace => ({ host: 'reg.example.com', kind });

  it.each([
    '169.254.169.254',
    '169.254.1.1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '::169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    'fe80::1',
    '224.0.0.1',
    'ff02::1',
    '0.0.0.0',
    '::',
    '255.255.255.255',
  ])('%s is never gone to', (address) => {
    for (const kind of ['public', 'private', 'loopback', null] as const) {
      expect(addressObjection('x.example', address, at(kind), true)).not.toBeNull();
    }
  });

  it.each<[string, RegistryPlace['kind'], boolean]>([
    ['127.0.0.1', 'public', false],
    ['127.0.0.1', 'private', false],
    ['127.0.0.1', null, false],
    ['::1', 'public', false],
    ['::ffff:127.0.0.1', 'public', false],
    ['127.0.0.1', 'loopback', true],
    ['10.1.2.3', 'public', false],
    ['10.1.2.3', 'private', true],
    ['10.1.2.3', 'loopback', true],
    ['100.64.0.1', 'public', false],
    ['fd12::1', 'public', false],
    ['192.168.1.1', null, false],
    ['93.184.216.34', 'public', true],
    ['93.184.216.34', 'loopback', true],
  ])('%s from a registry that is %s: %s', (address, kind, allowed) => {
    expect(addressObjection('x.example', address, at(kind)) === null).toBe(allowed);
  });

  it('the registry itself may lead to its own host, wherever that is', () => {
    expect(addressObjection('reg.example.com', '10.1.2.3', at('public'))).toBeNull();
  });

  it.each([
    'metadata.google.internal',
    'metadata.google.internal.',
    'METADATA',
    'localhost',
    'a.localhost',
    '169.254.169.254',
  ])('the name %s is refused before it is looked up', (name) =>
    expect(nameObjection(name, at('public'))).not.toBeNull(),
  );

  it('an address in decimal or octal digits is what it is after URL has read it', () => {
    for (const text of ['http://2130706433/', 'http://0177.0.0.1/', 'http://0x7f.1/', 'http://127.1/']) {
      expect(nameObjection(new URL(text).hostname, at('public'))).not.toBeNull();
    }
  });
});
