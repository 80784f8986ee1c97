import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  base64,
  base64url,
  ecrPassword,
  ending,
  issued,
  jwt,
  later,
  noise,
  noUser,
  read,
  type Stored,
  seconds,
} from './test-secrets.ts';

const ecr = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const acr = 'acme.azurecr.io';
const gar = 'europe-west3-docker.pkg.dev';
const harbor = 'harbor.corp.example';

describe('an end that cannot be right', () => {
  it.each<[string, unknown, string | null]>([
    ['before 2015', seconds('2014-12-31T23:59:59Z'), null],
    ['2015', seconds('2015-01-01T00:00:00Z'), '2015-01-01T00:00:00.000Z'],
    ['before 2100', seconds('2099-12-31T23:59:59Z'), '2099-12-31T23:59:59.000Z'],
    ['2100', seconds('2100-01-01T00:00:00Z'), null],
    ['milliseconds', Date.parse(later), null],
    ['a fraction of a second', seconds(later) + 0.7, later],
    ['zero', 0, null],
    ['less than zero', -1, null],
    ['a list', [seconds(later)], null],
    ['yes', true, null],
  ])('%s', (_, exp, endsAt) => {
    const inToken = read({ registry: acr, user: noUser, secret: jwt({ exp }) }).expiry;
    const inPassword = read({
      registry: ecr,
      user: 'AWS',
      secret: base64({ ...ecrPassword, expiration: exp }),
    }).expiry;
    for (const expiry of [inToken, inPassword])
      expect(expiry).toMatchObject({ state: endsAt === null ? 'unknown' : 'ends', endsAt });
    if (endsAt !== null) return;
    expect(inToken.source).toBe('The exp of the token cannot be right.');
    expect(inPassword.source).toBe('The expiration inside the password cannot be right.');
  });
});

describe('a JSON web token', () => {
  it.each<[string, Stored]>([
    ['as the password of a plain registry', { registry: harbor, user: 'alice', secret: jwt(ending) }],
    ['as the password of GHCR', { registry: 'ghcr.io', user: 'alice', secret: jwt(ending) }],
    ['of the web login of Docker Hub', { registry: 'docker.io', user: 'alice', secret: jwt(ending) }],
    ['that Gitea signed for one pull', { registry: 'codeberg.org', user: 'alice', secret: jwt(ending) }],
    ['with another user of IBM', { registry: 'de.icr.io', user: 'alice', secret: jwt(ending) }],
  ])('is not taken for the life of the credential %s', (_, stored) => {
    expect(read(stored).expiry).toMatchObject({ state: 'unknown', endsAt: null });
  });

  it.each<[string, string]>([
    ['two parts', jwt(ending).split('.').slice(0, 2).join('.')],
    ['four parts', `${jwt(ending)}.more`],
    ['a payload that is no base64', `${base64url({ alg: 'RS256' })}.???.c2ln`],
    ['a payload that is no JSON', `${base64url({ alg: 'RS256' })}.${noise(20)}.c2ln`],
    ['a payload that is a list', `${base64url({ alg: 'RS256' })}.${base64url([ending])}.c2ln`],
  ])('is none with %s', (_, secret) => {
    expect(read({ registry: acr, user: noUser, secret }).expiry).toMatchObject({
      state: 'unknown',
      source: 'It cannot be decoded, so its end cannot be read.',
    });
  });

  it('is its own end as an identity token or a registry token, which are sent as they are', () => {
    for (const kind of ['identity-token', 'registry-token'] as const) {
      const stored = { registry: harbor, user: null, kind, secret: jwt(ending) };
      expect(read(stored)).toEqual({
        looksLike: kind.replace('-', ' '),
        expiry: { state: 'ends', endsAt: later, issuedAt: issued, source: 'exp of the token' },
      });
    }
  });
});

describe('a helper', () => {
  const password = { registry: ecr, user: 'AWS', secret: base64(ecrPassword) };

  it.each(['ecr-login', 'gcloud', 'gcr', 'acr-env'])(
    '%s renews, and the end of the present one is told beside it',
    (helper) => {
      expect(read({ ...password, helper }).expiry).toEqual({
        state: 'renews-itself',
        endsAt: later,
        issuedAt: null,
        source: `docker-credential-${helper} gets a new one when it is asked.`,
      });
    },
  );

  it('that renews does so too for what does not name its end', () => {
    const stored = { registry: gar, user: 'oauth2accesstoken', secret: noise(60), helper: 'gcr' };
    expect(read(stored).expiry).toMatchObject({ state: 'renews-itself', endsAt: null });
  });

  it.each(['pass', 'secretservice', 'osxkeychain', 'wincred', 'desktop'])(
    '%s only keeps what was stored',
    (helper) => {
      expect(read({ ...password, helper }).expiry).toMatchObject({ state: 'ends', endsAt: later });
    },
  );

  it('that renews does not hide that what it gave has ended', () => {
    const earlier = '2026-11-24T02:00:00.000Z';
    const ended = base64({ ...ecrPassword, expiration: seconds(earlier) });
    const { expiry } = read({ ...password, secret: ended, helper: 'ecr-login' });
    expect(expiry).toMatchObject({ state: 'ends', endsAt: earlier });
  });
});

describe('what is not known', () => {
  it.each<[string, Stored]>([
    ['a password', { registry: harbor, user: 'alice', secret: noise(12) }],
    [
      'base64 of something else',
      { registry: harbor, user: 'alice', secret: base64({ expiration: seconds(later) }) },
    ],
    [
      'an identity token that is opaque',
      { registry: harbor, user: null, kind: 'identity-token', secret: noise(40) },
    ],
    ['nothing', { registry: harbor, user: 'alice', secret: '' }],
  ])('is told, with the reason: %s', (_, stored) => {
    const { looksLike, expiry } = read(stored);
    expect(looksLike).toBeNull();
    expect(expiry).toMatchObject({ state: 'unknown', endsAt: null, issuedAt: null });
    expect(expiry.source).toMatch(/^A .* does not say when it ends\.$/);
  });

  it.each<[string, Stored, string]>([
    [
      'a GitHub token for Oracle',
      { registry: 'fra.ocir.io', user: 'ns/ci', secret: `ghp_${noise(36)}` },
      'GitHub classic token',
    ],
    [
      'a GitLab token for Docker Hub',
      { registry: 'docker.io', user: 'alice', secret: `glpat-${noise(20)}` },
      'GitLab access token',
    ],
    [
      'a JFrog token for ACR',
      { registry: acr, user: noUser, secret: jwt({ iss: 'jfac@01hq', ...ending }) },
      'JFrog access token',
    ],
    [
      'a Docker Hub token for Scaleway',
      { registry: 'rg.fr-par.scw.cloud', user: 'nologin', secret: `dckr_pat_${noise(27)}` },
      'Docker Hub access token',
    ],
  ])('is not guessed from the registry where the secret tells more: %s', (_, stored, looksLike) => {
    expect(read(stored).looksLike).toBe(looksLike);
  });
});

describe('any secret', () => {
  it('is read without an exception and is in nothing that comes out', () => {
    const planted = fc.string({ unit: 'binary', minLength: 12 }).map((text) => `pl4nt${text}`);
    const secret = fc.oneof(
      planted,
      planted.map((text) => jwt({ iss: text, sub: text })),
      planted.map((text) => base64({ text })),
    );
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom(ecr, acr, 'docker.io', 'quay.io', 'x.io'),
        fc.constantFrom('AWS', noUser, '_json_key', 'u', null),
        (secret, registry, user) => {
          const reading = JSON.stringify(read({ registry, user, secret }));
          expect(reading).not.toContain(JSON.stringify(secret).slice(1, -1));
          expect(reading).not.toContain('pl4nt');
        },
      ),
    );
  });
});
