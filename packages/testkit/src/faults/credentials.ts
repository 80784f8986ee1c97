import { alice, aliceWithWrongPassword, bob, spoiled } from './accounts.ts';
import type { Fault } from './fault.ts';
import { as, failing } from './row.ts';

/** No login, a wrong one, an outdated one, one without the right; and token servers that misbehave. */
export const credentials: Fault[] = [
  failing('no login, Basic registry', '{basic}/team/app:1.0', 'credentials-missing', {
    expect: { certaintyAtLeast: 'likely' },
  }),
  failing('wrong password, Basic registry', '{basic}/team/app:1.0', 'credentials-invalid', {
    ...as(aliceWithWrongPassword, '{basic}/'),
    expect: { steps: { credentials: 'done' } },
  }),
  failing('no login, token registry', '{token}/team/app:1.0', 'credentials-missing'),
  failing('wrong password, token registry', '{token}/team/app:1.0', 'credentials-invalid', {
    ...as(aliceWithWrongPassword, '{token}/'),
    expect: { steps: { token: 'failed' } },
  }),
  failing('a stale login blocks a public image', '{token}/public/app:1.0', 'credentials-invalid', {
    ...as(aliceWithWrongPassword, '{token}/'),
    expect: { steps: { token: 'failed' } },
  }),
  failing('the token server hands out expired tokens', '{token}/team/app:1.0', 'credentials-expired', {
    ...as(spoiled('gets-expired'), '{token}/'),
    expect: { oneOf: ['credentials-expired', 'clock-skew'] },
  }),
  failing('the token server hands out tokens that are not valid yet', '{token}/team/app:1.0', 'clock-skew', {
    ...as(spoiled('gets-too-early'), '{token}/'),
  }),
  failing(
    'the token server signs with a key that the registry does not know',
    '{token}/team/app:1.0',
    'credentials-invalid',
    {
      ...as(spoiled('gets-forged'), '{token}/'),
      expect: { oneOf: ['credentials-invalid', 'registry-unavailable'], notConfident: true },
    },
  ),
  failing('the token endpoint answers with a web page', '{token}/team/app:1.0', 'not-a-registry', {
    ...as(spoiled('gets-html'), '{token}/'),
    expect: { oneOf: ['not-a-registry', 'registry-unavailable'], steps: { token: 'failed' } },
  }),
  failing('the token endpoint answers 403 access forbidden', '{token}/team/app:1.0', 'access-denied', {
    ...as(spoiled('gets-403'), '{token}/'),
    expect: { oneOf: ['access-denied', 'credentials-invalid'], steps: { token: 'failed' } },
  }),
  failing('the token endpoint answers 429', '{token}/team/app:1.0', 'rate-limited', {
    ...as(spoiled('gets-429'), '{token}/'),
    expect: { steps: { token: 'failed' } },
  }),
  failing('the token endpoint answers 503', '{token}/team/app:1.0', 'registry-unavailable', {
    ...as(spoiled('gets-503'), '{token}/'),
    expect: { steps: { token: 'failed' } },
  }),
  failing('nothing listens at the token endpoint', '{deadrealm}/team/app:1', 'connection-failure', {
    expect: { steps: { ping: 'done', token: 'failed' } },
  }),
  failing('the login may not read this repository', '{token}/team/app:1.0', 'access-denied', {
    ...as(bob, '{token}/'),
    expect: { oneOf: ['access-denied', 'repository-not-found'], steps: { token: 'done' } },
  }),
  failing('no login, by name over TLS', 'basic.clinic.test/team/app:1.0', 'credentials-missing'),
  failing('wrong password, by name over TLS', 'token.clinic.test/team/app:1.0', 'credentials-invalid', {
    ...as(aliceWithWrongPassword, 'token.clinic.test/'),
  }),
  failing('repository missing, Basic registry', '{basic}/team/nothing:1.0', 'repository-not-found', {
    ...as(alice, '{basic}/'),
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('repository missing, token registry', '{token}/team/nothing:1.0', 'repository-not-found', {
    ...as(alice, '{token}/'),
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('repository misspelled', '{basic}/team/ap:1.0', 'repository-not-found', as(alice, '{basic}/')),
  failing('tag missing, Basic registry', '{basic}/team/app:9.9', 'tag-not-found', {
    ...as(alice, '{basic}/'),
    expect: { certaintyAtLeast: 'confirmed', steps: { manifest: 'failed' } },
  }),
  failing('tag missing, token registry', '{token}/team/app:9.9', 'tag-not-found', {
    ...as(alice, '{token}/'),
    expect: { certaintyAtLeast: 'confirmed', steps: { manifest: 'failed' } },
  }),
  failing('no tag given and no latest there', '{basic}/team/app', 'tag-not-found', as(alice, '{basic}/')),
  failing(
    'digest missing',
    `{basic}/team/app@sha256:${'1'.repeat(64)}`,
    'tag-not-found',
    as(alice, '{basic}/'),
  ),
];
