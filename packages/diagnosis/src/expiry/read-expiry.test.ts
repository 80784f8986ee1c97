import type { CredentialKind } from '@pull-doctor/contract/evidence/credentials';
import { Secret } from '@pull-doctor/contract/secret';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExpiryQuestion, readExpiry } from './read-expiry.ts';

const now = new Date('2026-11-24T14:31:31Z');
const inSeconds = (at: string) => Date.parse(at) / 1000;
const later = '2026-11-24T20:00:00.000Z';
const earlier = '2026-11-24T02:00:00.000Z';
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${base64url({ alg: 'RS256' })}.${base64url(claims)}.c2lnbmF0dXJl`;
const ecrPassword = (expiration: unknown) =>
  base64({ payload: 'x'.repeat(40), datakey: 'y'.repeat(40), version: '2', type: 'DATA_KEY', expiration });

const ecr = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const acr = 'acme.azurecr.io';
const noUser = '00000000-0000-0000-0000-000000000000';

function read(registry: string, user: string | null, secret: string, more: Partial<ExpiryQuestion> = {}) {
  return readExpiry({
    registry,
    user,
    secret: new Secret(secret),
    kind: 'basic',
    helper: null,
    now,
    ...more,
  });
}

describe('the end of a credential', () => {
  it.each<[string, string, string | null, string, CredentialKind, string]>([
    ['an ECR password', ecr, 'AWS', ecrPassword(inSeconds(later)), 'basic', later],
    ['an ECR password that ended', ecr, 'AWS', ecrPassword(inSeconds(earlier)), 'basic', earlier],
    ['an ECR public password', 'public.ecr.aws', 'AWS', ecrPassword(inSeconds(later)), 'basic', later],
    [
      'an ECR password behind another name',
      'reg.example.com',
      'AWS',
      ecrPassword(inSeconds(later)),
      'basic',
      later,
    ],
    [
      'an ACR refresh token',
      acr,
      noUser,
      jwt({ iss: 'Azure Container Registry', exp: inSeconds(later) }),
      'basic',
      later,
    ],
    [
      'an ACR identity token',
      acr,
      null,
      jwt({ iss: 'Azure Container Registry', exp: inSeconds(later) }),
      'identity-token',
      later,
    ],
    ['a JFrog token', 'acme.jfrog.io', 'u', jwt({ iss: 'jfac@01', exp: inSeconds(later) }), 'basic', later],
    ['an OCIR bearer', 'fra.ocir.io', 'BEARER_TOKEN', jwt({ exp: inSeconds(later) }), 'basic', later],
    ['an IBM IAM token', 'de.icr.io', 'iambearer', jwt({ exp: inSeconds(later) }), 'basic', later],
    [
      'an identity token of any registry',
      'reg.example.com',
      null,
      jwt({ exp: inSeconds(later) }),
      'identity-token',
      later,
    ],
  ])('is read from %s', (_, registry, user, secret, kind, endsAt) => {
    expect(read(registry, user, secret, { kind }).expiry).toMatchObject({ state: 'ends', endsAt });
  });

  it.each([
    ['is long ago', 1_000_000],
    ['is in milliseconds', inSeconds(later) * 1000],
    ['is negative', -5],
    ['is a text', '2026-11-24'],
    ['is missing', null],
  ])('is unknown where the number %s', (_, seconds) => {
    expect(read(ecr, 'AWS', ecrPassword(seconds)).expiry).toMatchObject({ state: 'unknown', endsAt: null });
    const token = jwt({ iss: 'Azure Container Registry', exp: seconds });
    expect(read(acr, noUser, token).expiry).toMatchObject({ state: 'unknown', endsAt: null });
  });

  it.each([
    [
      'a JSON web token as a password of a registry that is not known to go by it',
      'reg.example.com',
      'u',
      jwt({ exp: inSeconds(earlier) }),
    ],
    ['a JSON web token on Docker Hub', 'docker.io', 'u', jwt({ exp: inSeconds(earlier) })],
    ['an ECR password without the field', ecr, 'AWS', 'ecr-stale'],
    ['a plain password', 'reg.example.com', 'alice', 'alice-pw'],
    ['base64 of something else', 'reg.example.com', 'alice', base64({ expiration: inSeconds(later) })],
    ['a Google access token', 'europe-docker.pkg.dev', 'oauth2accesstoken', 'ya29.abcdef'],
    ['a Docker Hub token', 'docker.io', 'alice', 'dckr_pat_abcdef'],
    ['a Harbor robot', 'harbor.corp.example', 'robot$ci', 'secret'],
  ])('is unknown for %s, and the reason is given', (_, registry, user, secret) => {
    const { expiry } = read(registry, user, secret);
    expect(expiry).toMatchObject({ state: 'unknown', endsAt: null });
    expect(expiry.source).not.toBe('');
  });

  it.each([
    ['a JFrog token without exp', 'acme.jfrog.io', 'u', jwt({ iss: 'jfac@01' })],
    ['a Quay robot', 'quay.io', 'acme+ci', 'ABC'],
    ['an OCIR auth token', 'fra.ocir.io', 'ns/user', 'abc'],
  ])('does not exist for %s', (_, registry, user, secret) => {
    expect(read(registry, user, secret).expiry).toMatchObject({ state: 'no-expiry', endsAt: null });
  });

  it.each(['ecr-login', 'gcloud', 'gcr', 'acr-env'])(
    'does not matter where %s gets a new one each time',
    (helper) => {
      expect(read(ecr, 'AWS', ecrPassword(inSeconds(later)), { helper }).expiry.state).toBe('renews-itself');
    },
  );

  it('matters where a helper that gets new ones gave one that has ended', () => {
    const { expiry } = read(ecr, 'AWS', ecrPassword(inSeconds(earlier)), { helper: 'ecr-login' });
    expect(expiry).toMatchObject({ state: 'ends', endsAt: earlier });
  });

  it('matters where a helper only keeps what was stored', () => {
    const { expiry } = read(ecr, 'AWS', ecrPassword(inSeconds(later)), { helper: 'pass' });
    expect(expiry).toMatchObject({ state: 'ends', endsAt: later });
  });
});

describe('the name of a secret', () => {
  it.each([
    ['docker.io', 'u', 'dckr_pat_x', 'Docker Hub access token'],
    ['docker.io', 'acme', 'dckr_oat_x', 'Docker Hub organization token'],
    ['ghcr.io', 'u', 'ghp_x', 'GitHub classic token'],
    ['ghcr.io', 'u', 'github_pat_x', 'GitHub fine-grained token'],
    ['ghcr.io', 'u', 'ghs_x', 'GitHub App installation token'],
    ['registry.gitlab.com', 'u', 'glpat-x', 'GitLab access token'],
    ['registry.gitlab.com', 'gitlab-ci-token', 'x', 'GitLab job token'],
    ['gcr.io', '_json_key', '{"type":"serv', null],
    ['gcr.io', '_dcgcloud_token', 'x', 'Google access token'],
    [acr, '11111111-2222-3333-4444-555555555555', 'x', 'Entra service principal secret'],
    [acr, noUser, jwt({ access: [], exp: inSeconds(later) }), 'ACR access token'],
    ['acme.jfrog.io', 'u', 'cmVmdGtuOjAx', 'JFrog reference token'],
    ['harbor.corp.example', 'robot$acme+ci', 'x', 'Harbor robot secret'],
    ['registry.redhat.io', '1234567|ci', jwt({}), 'Red Hat service account token'],
    ['registry.digitalocean.com', 'dop_v1_x', 'dop_v1_x', 'DigitalOcean token'],
    ['reg.example.com', 'u', 'hunter2', null],
  ])('%s %s %s', (registry, user, secret, looksLike) => {
    expect(read(registry, user, secret).looksLike).toBe(looksLike);
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
          const reading = JSON.stringify(read(registry, user, secret));
          expect(reading).not.toContain(JSON.stringify(secret).slice(1, -1));
          expect(reading).not.toContain('pl4nt');
        },
      ),
    );
  });
});
