import { configWithLogins } from '../docker-config-folder.ts';
import { ecrHost, ecrPasswords } from '../look-alikes/ecr.ts';
import { alice, aliceWithWrongPassword } from './accounts.ts';
import type { Cause, Fault } from './fault.ts';
import { failing, working } from './row.ts';

const image = '{basic}/team/app:1.0';
const ecrImage = `${ecrHost}/platform/api:3.2`;
const json = (value: unknown) => JSON.stringify(value, null, '\t');
const store = (suffix: string, more: object = {}) => ({
  text: json({ ...more, credsStore: suffix }),
  hasHelpers: true as const,
});

/** Docker asks the helper, gets nothing, and pulls without a login: the daemon's words never name the helper. */
const broken = (name: string, cause: Cause, config: Fault['config'], pullImage = image) =>
  failing(name, pullImage, cause, {
    ...(config ? { config } : {}),
    expect: { steps: { credentials: 'failed' } },
  });

/** Credential helpers and the store. */
export const helpers: Fault[] = [
  broken(
    'the credential store is not installed',
    'helper-missing',
    store('clinic-missing', { auths: { '{basic}': {} } }),
  ),
  broken('the credential store is desktop.exe, as from WSL', 'helper-missing', store('desktop.exe')),
  broken(
    'the credential helper of this registry is not installed',
    'helper-missing',
    { text: json({ credHelpers: { [ecrHost]: 'ecr-login' } }), hasHelpers: true },
    ecrImage,
  ),
  broken('the helper is named with its prefix', 'helper-missing', store('docker-credential-clinic-good')),
  broken('the helper may not be executed', 'helper-missing', store('clinic-notexecutable')),
  broken("the helper's interpreter is missing", 'helper-failed', store('clinic-nointerpreter')),
  broken('the helper is no program of this machine', 'helper-failed', store('clinic-wrongformat')),
  broken('the helper fails: no D-Bus', 'helper-failed', store('clinic-nodbus')),
  broken('the helper fails: pass is not initialised', 'helper-failed', store('clinic-nopass')),
  broken('the helper crashes', 'helper-failed', store('clinic-crashes')),
  { ...broken('the helper hangs', 'helper-failed', store('clinic-hangs')), slow: true },
  broken('the helper prints garbage', 'helper-failed', store('clinic-garbage')),
  broken('the helper prints nothing', 'helper-failed', store('clinic-empty')),
  failing('the helper has no entry', image, 'credentials-missing', { config: store('clinic-notfound') }),
  failing('a store without an entry hides a valid login in auths', image, 'credentials-missing', {
    config: store('clinic-notfound', JSON.parse(configWithLogins({ '{basic}': alice }))),
  }),
  failing('a helper without an entry hides a valid login in auths', image, 'credentials-missing', {
    config: {
      text: json({
        ...JSON.parse(configWithLogins({ '{basic}': alice })),
        credHelpers: { '{basic}': 'clinic-notfound' },
      }),
      hasHelpers: true,
    },
  }),
  failing('the helper serves a wrong password', image, 'credentials-invalid', {
    config: store('clinic-wrong'),
    sends: aliceWithWrongPassword,
  }),
  failing('the ECR helper serves an expired password', ecrImage, 'credentials-expired', {
    config: { text: json({ credHelpers: { [ecrHost]: 'clinic-stale' } }), hasHelpers: true },
    sends: { user: 'AWS', password: ecrPasswords.expired },
  }),
  working('the helper works', image, { config: store('clinic-good'), sends: alice }),
  working('the ECR helper works', ecrImage, {
    config: { text: json({ credHelpers: { [ecrHost]: 'clinic-good' } }), hasHelpers: true },
    sends: { user: 'AWS', password: ecrPasswords.valid },
  }),
  working('a missing store falls back to the login in auths', image, {
    config: store('clinic-missing', JSON.parse(configWithLogins({ '{basic}': alice }))),
    sends: alice,
    expect: { steps: { credentials: 'warning' } },
  }),
  working("another registry's helper is missing", image, {
    config: {
      text: json({
        ...JSON.parse(configWithLogins({ '{basic}': alice })),
        credHelpers: { [ecrHost]: 'ecr-login' },
      }),
    },
    sends: alice,
  }),
];
