import { configWithLogins, dockerHubKey } from '../docker-config-folder.ts';
import { dockerHubLogins } from '../look-alikes/docker-hub.ts';
import { alice } from './accounts.ts';
import type { Fault } from './fault.ts';
import { failing, working } from './row.ts';

const byName = 'basic.clinic.test/team/app:1.0';

/** A login under a key that docker does not look at for this registry. */
const dead = (name: string, image: string, key: string) =>
  failing(name, image, 'credentials-missing', {
    config: { text: configWithLogins({ [key]: image.startsWith('acme/') ? dockerHubLogins.member : alice }) },
  });

/** Valid config.json, and the login stands where docker looks for it, or beside. */
export const configKeys: Fault[] = [
  dead('login for another registry only', '{basic}/team/app:1.0', 'elsewhere.example'),
  dead('login under another port', '{basic}/team/app:1.0', '127.0.0.1:5999'),
  dead('login under the host without its port', '{basic}/team/app:1.0', '127.0.0.1'),
  dead('login under port 443, which the name does not have', byName, 'basic.clinic.test:443'),
  dead('login in upper case', byName, 'BASIC.CLINIC.TEST'),
  dead('login with a blank after the host', byName, 'basic.clinic.test '),
  failing('empty entry that a credential store left behind', '{basic}/team/app:1.0', 'credentials-missing', {
    config: { text: '{"auths":{"{basic}":{}}}' },
  }),
  ...[
    'docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'https://registry-1.docker.io/v2/',
    'hub.docker.com',
  ].map((key) => dead(`Docker Hub login under the key ${key}`, 'acme/private:1.0', key)),
  working('Docker Hub login under its own key', 'acme/private:1.0', {
    config: { text: configWithLogins({ [dockerHubKey]: dockerHubLogins.member }) },
    sends: dockerHubLogins.member,
  }),
  working('login under a key with scheme and path', '{basic}/team/app:1.0', {
    config: { text: configWithLogins({ 'https://{basic}/v2/': alice }) },
    sends: alice,
  }),
  working('login under a key with a repository', '{basic}/team/app:1.0', {
    config: { text: configWithLogins({ '{basic}/team': alice }) },
    sends: alice,
  }),
];
