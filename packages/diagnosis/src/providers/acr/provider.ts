import { shellWord } from '../../words/shell-word.ts';
import { bearerRealm } from '../bearer-realm.ts';
import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

const hostPattern = /^([a-z0-9]+)(?:-[a-z0-9]+)?(?:\.[a-z0-9-]+\.geo)?\.azurecr\.(?:io|cn|us|de)$/;

export const acr = defineProvider({
  id: 'acr',
  name: 'Azure Container Registry',
  shortName: (host) => (hostPattern.test(host) ? `ACR ${host.split('.')[0]}` : host),
  mark: 'AZ',
  owns: (host) => hostPattern.test(host),
  recognises: ({ challenge }) => {
    const realm = bearerRealm(challenge);
    return realm !== null && realm.path === '/oauth2/token' && realm.servesItself;
  },
  refusesWrongLogins: true,
  anonymous: 'as-configured',
  credentialKinds: [
    {
      what: 'refresh token of az acr login',
      user: '00000000-0000-0000-0000-000000000000',
      life: 'about 3 hours; the token itself names the end',
    },
    {
      what: 'service principal',
      user: 'its application id',
      life: 'as long as its secret, usually a year or two',
    },
    { what: 'repository token', user: 'the name of the token', life: 'without end unless one was set' },
    { what: 'admin user', user: 'the name of the registry', life: 'until it is regenerated' },
  ],
  signIn: ({ host }) => {
    const name = hostPattern.exec(host)?.[1];
    return [
      ...(name
        ? [
            {
              command: `az acr login --name ${shellWord(name)}`,
              says: 'Signs in with the account of the Azure CLI and stores a token that works for about 3 h.',
              system: 'any' as const,
            },
          ]
        : []),
      dockerLogin(host, null, 'the secret of a service principal or repository token'),
    ];
  },
  quirks: [
    'No login, a wrong one, an expired one and a missing role all get the same 401 sentence.',
    'A stale login blocks anonymous pulls; docker logout cures that.',
    'With repository permissions by ABAC, the role AcrPull is ignored.',
    'A network rule is answered with 403 and "client with IP … is not allowed access".',
  ],
  leastPrivilege:
    'The role AcrPull, or Container Registry Repository Reader where the registry uses ABAC; for one repository, a token with content/read and metadata/read.',
  statusPage: 'https://azure.status.microsoft',
});
