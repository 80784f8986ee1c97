import { alice, bob } from './accounts.ts';
import type { Fault } from './fault.ts';
import { as, working } from './row.ts';

/** Pulls that work: a diagnosis that finds a cause here is wrong. */
export const healthy: Fault[] = [
  working('open registry over plain http on loopback', '{open}/team/app:1.0', {
    expect: { steps: { reference: 'done', tcp: 'done', ping: 'done', manifest: 'done' } },
  }),
  working('Basic registry with the right password', '{basic}/team/app:1.0', {
    ...as(alice, '{basic}/'),
    expect: { steps: { credentials: 'done', challenge: 'done', manifest: 'done' } },
  }),
  working('token registry with the right password', '{token}/team/app:1.0', {
    ...as(alice, '{token}/'),
    expect: { steps: { token: 'done', manifest: 'done' } },
  }),
  working(
    'token registry, a user who may read only some repositories',
    '{token}/bob/app:1.0',
    as(bob, '{token}/'),
  ),
  working('anonymous pull of a public image from a token registry', '{token}/public/app:1.0', {
    expect: { steps: { token: 'done', manifest: 'done' } },
  }),
  working('multi-platform image (docker manifest list)', '{open}/public/multi:1.0', {
    expect: { steps: { platform: 'done' } },
  }),
  working('multi-platform image (OCI index)', '{open}/public/oci:1.0', {
    expect: { steps: { platform: 'done' } },
  }),
  working('multi-platform image, another platform asked for', '{open}/public/multi:1.0', {
    platform: 'linux/arm64',
    expect: { steps: { platform: 'done' } },
  }),
  working('image by digest', '{open}/public/app@{digest:public/app}'),
  working('image by tag and digest', '{open}/public/app:1.0@{digest:public/app}'),
  working('no tag means latest', '{open}/public/app'),
  working('single-manifest image of another platform', '{open}/public/arm:1.0', {
    expect: { steps: { platform: 'warning' } },
  }),
  working('registry without a login that answers well', '{faulty}/ok/app:1'),
  working(
    'Basic registry by name over TLS',
    'basic.clinic.test/team/app:1.0',
    as(alice, 'basic.clinic.test/'),
  ),
  working(
    'token registry by name over TLS',
    'token.clinic.test/team/app:1.0',
    as(alice, 'token.clinic.test/'),
  ),
  working('through a proxy', 'works.proxied.test/ok/app:1', {
    network: 'proxy',
    expect: { steps: { proxy: 'done', tls: 'done' } },
  }),
  working('through a proxy that wants a login and gets it', 'wants-login.proxied.test/ok/app:1', {
    network: 'proxy-with-login',
    expect: { steps: { proxy: 'done' } },
  }),
];
