import { describe, expect, it } from 'vitest';
import type { SeenAnswer, SeenChallenge } from './define-provider.ts';
import { providerOf } from './providers.ts';

/** What one registry said, under a host name of its own. */
interface Said {
  host?: string;
  challenge: SeenChallenge | null;
  server?: string;
  answer?: SeenAnswer;
}

const host = 'registry.corp.example';
const bearer = (realm: string, service: string | null): SeenChallenge => ({
  scheme: 'bearer',
  realm,
  service,
});
const basic = (realm: string | null, service: string | null = null): SeenChallenge => ({
  scheme: 'basic',
  realm,
  service,
});
const asksForLogin: SeenAnswer = { status: 401, apiVersionHeader: true };
const asksWithoutHeader: SeenAnswer = { status: 401, apiVersionHeader: false };

function providerThatSaid({ host: name = host, challenge, server, answer = asksWithoutHeader }: Said) {
  return providerOf(name, challenge, server ?? null, answer).id;
}

/** By product: each form of its first answer that tells it, and answers that only look like it. */
const products: Record<string, { id: string; forms: Record<string, Said>; others: Record<string, Said> }> = {
  Harbor: {
    id: 'harbor',
    forms: {
      'without a login': { challenge: bearer(`https://${host}/service/token`, 'harbor-registry') },
      'that was sent a login, or asked for the catalogue': { challenge: basic('harbor') },
      'that also sends the API version': { challenge: basic('harbor'), answer: asksForLogin },
    },
    others: {
      'another service at the same path': { challenge: bearer(`https://${host}/service/token`, 'registry') },
      'a realm that only starts so': { challenge: basic('harbor master') },
    },
  },
  GitLab: {
    id: 'gitlab',
    forms: {
      'whose tokens come from the GitLab host': {
        challenge: bearer('https://git.corp.example/jwt/auth', 'container_registry'),
      },
      'under a path': {
        challenge: bearer('https://corp.example/gitlab/jwt/auth', 'container_registry'),
      },
      'at a port': {
        host: 'git.corp.example:5050',
        challenge: bearer('https://git.corp.example/jwt/auth', 'container_registry'),
        answer: asksForLogin,
      },
    },
    others: {
      'the dependency proxy': { challenge: bearer('https://git.corp.example/jwt/auth', 'dependency_proxy') },
      'another path': { challenge: bearer('https://git.corp.example/jwt', 'container_registry') },
    },
  },
  'Gitea / Forgejo': {
    id: 'gitea',
    forms: {
      'by its Bearer challenge': { challenge: bearer(`https://${host}/v2/token`, 'container_registry') },
      'by its Basic challenge': { challenge: basic(`https://${host}/v2`, 'container_registry') },
    },
    others: {
      'another service': { challenge: bearer(`https://${host}/v2/token`, 'packages') },
    },
  },
  'Quay / Red Hat Quay': {
    id: 'quay',
    forms: {
      'at its own host': { challenge: bearer(`https://${host}/v2/auth`, host) },
      'at a port': {
        host: 'quay.corp.example:8443',
        challenge: bearer('https://quay.corp.example:8443/v2/auth', 'quay.corp.example:8443'),
      },
      'under another name than its own': {
        challenge: bearer('https://quay.corp.example/v2/auth', 'quay.corp.example'),
      },
    },
    others: {
      'a service that is not the host': { challenge: bearer(`https://${host}/v2/auth`, 'token-service') },
      'a path below': { challenge: bearer(`https://${host}/oauth/v2/auth`, host) },
      'no service': { challenge: bearer(`https://${host}/v2/auth`, null) },
    },
  },
  'Nexus Repository 3': {
    id: 'nexus',
    forms: {
      'by its Basic realm': { challenge: basic('Sonatype Nexus Repository Manager') },
      'by its Basic realm and the API version': {
        challenge: basic('Sonatype Nexus Repository Manager'),
        answer: asksForLogin,
      },
      'by a service that is the realm': {
        challenge: bearer(`https://${host}/v2/token`, `https://${host}/v2/token`),
      },
      'with the port twice, as behind some proxies': {
        host: 'nexus.corp.example:5001',
        challenge: bearer(
          'https://nexus.corp.example:5001:5001/v2/token',
          'https://nexus.corp.example:5001:5001/v2/token',
        ),
      },
      'by its Server header': { challenge: null, server: 'Nexus/3.78.2-04 (OSS)' },
      'by its Server header, whatever the challenge': {
        challenge: bearer(`https://${host}/v2/token`, host),
        server: 'Nexus/3.89.0-01 (PRO)',
      },
    },
    others: {
      'a server that only starts so': { challenge: null, server: 'NexusProxy/1.0' },
      'a service that is another address': {
        challenge: bearer(`https://${host}/v2/token`, 'https://other.corp.example/v2/token'),
      },
    },
  },
  Artifactory: {
    id: 'artifactory',
    forms: {
      'at the root': { challenge: bearer(`https://${host}/v2/token`, host) },
      'by its Basic realm': { challenge: basic('Artifactory Realm') },
      'by its Basic realm and the API version': {
        challenge: basic('Artifactory Realm'),
        answer: asksForLogin,
      },
      'behind a rewrite': {
        challenge: bearer(`https://${host}/artifactory/api/docker/docker-local/v2/token`, host),
      },
      'behind a rewrite under another name': {
        challenge: bearer('https://jf.corp.example/artifactory/api/docker/docker-local/v2/token', host),
      },
      'by its Server header': { challenge: null, server: 'Artifactory/7.104.5' },
    },
    others: {
      'a service that is not the host': { challenge: bearer(`https://${host}/v2/token`, 'registry') },
      'another path': { challenge: bearer(`https://${host}/api/v2/token`, host) },
      'another realm': { challenge: basic('Artifactory') },
    },
  },
  ACR: {
    id: 'acr',
    forms: {
      'on Azure Stack': { challenge: bearer(`https://${host}/oauth2/token`, host) },
      'behind a custom domain': {
        challenge: bearer('https://acme.azurecr.io/oauth2/token', 'acme.azurecr.io'),
      },
    },
    others: {
      'an OAuth server that serves somebody else': {
        challenge: bearer('https://sso.corp.example/oauth2/token', host),
      },
      'a path below': { challenge: bearer(`https://${host}/auth/oauth2/token`, host) },
    },
  },
  ECR: {
    id: 'ecr',
    forms: {
      'behind another name': {
        challenge: basic('https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/', 'ecr.amazonaws.com'),
        answer: asksForLogin,
      },
    },
    others: {
      'a token of the same service': { challenge: bearer(`https://${host}/token`, 'ecr.amazonaws.com') },
    },
  },
  'distribution with htpasswd': {
    id: 'distribution',
    forms: {
      'by the realm of its manual': { challenge: basic('Registry Realm') },
      'by any other realm and the API version': { challenge: basic('Acme images'), answer: asksForLogin },
    },
    others: {
      'any other realm alone, as of a web server': {
        challenge: basic('Restricted'),
        server: 'nginx',
        answer: asksWithoutHeader,
      },
    },
  },
  'distribution with token auth': {
    id: 'distribution',
    forms: {
      'on the same host': { challenge: bearer(`https://${host}/auth/token`, 'registry') },
      'on the same host and port': {
        host: 'registry.corp.example:5000',
        challenge: bearer('http://registry.corp.example:5000/auth/token', null),
      },
      'on the same host, with the usual port named': {
        host: 'registry.corp.example:443',
        challenge: bearer('https://registry.corp.example/auth/token', 'registry'),
      },
    },
    others: {
      'on another host': { challenge: bearer('https://sso.corp.example/auth/token', 'registry') },
      'on another port': { challenge: bearer(`https://${host}:8443/auth/token`, 'registry') },
      'a path below': { challenge: bearer(`https://${host}/realms/auth/token`, 'registry') },
    },
  },
  'an open registry': {
    id: 'distribution',
    forms: {
      'that names the API version': { challenge: null, answer: { status: 200, apiVersionHeader: true } },
    },
    others: {
      '200 {} without the header': { challenge: null, answer: { status: 200, apiVersionHeader: false } },
      'a fault with the header': { challenge: null, answer: { status: 503, apiVersionHeader: true } },
    },
  },
  'a gate in front of it': {
    id: 'generic',
    forms: {
      '401 with a page and no challenge': { challenge: null, server: 'nginx', answer: asksWithoutHeader },
      '401 with a page and a challenge of the gate': {
        challenge: basic('Sign in'),
        answer: asksWithoutHeader,
      },
      '302 to a sign-in page': { challenge: null, answer: { status: 302, apiVersionHeader: false } },
    },
    others: {},
  },
};

describe.each(Object.entries(products))('%s', (_, { id, forms, others }) => {
  it.each(Object.entries(forms))('is known %s', (_, said) => {
    expect(providerThatSaid(said)).toBe(id);
  });

  it.each(Object.entries(others))('is not taken for it: %s', (_, said) => {
    expect(providerThatSaid(said)).toBe('generic');
  });
});

describe('where two products say nearly the same', () => {
  it.each<[string, Said, string]>([
    [
      'Gitea before Artifactory at /v2/token: the service decides',
      {
        host: 'container_registry',
        challenge: bearer('https://container_registry/v2/token', 'container_registry'),
      },
      'gitea',
    ],
    [
      'Nexus before Artifactory at /v2/token: the service is an address',
      { challenge: bearer(`https://${host}/v2/token`, `https://${host}/v2/token`) },
      'nexus',
    ],
    [
      'Artifact Registry before Artifactory at /v2/token: the realm is a host of Google',
      {
        challenge: bearer('https://europe-west3-docker.pkg.dev/v2/token', 'europe-west3-docker.pkg.dev'),
      },
      'artifact-registry',
    ],
    [
      'gcr.io before Artifactory at /v2/token, also where the service is left out',
      { challenge: bearer('https://gcr.io/v2/token', null) },
      'gcr',
    ],
    [
      'Nexus before distribution with the realm of its manual: the Server header decides',
      { challenge: basic('Registry Realm'), server: 'Nexus/3.78.2-04 (OSS)', answer: asksForLogin },
      'nexus',
    ],
    [
      'ECR before distribution: Basic with the API version, and a service of its own',
      {
        challenge: basic('https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/', 'ecr.amazonaws.com'),
        answer: asksForLogin,
      },
      'ecr',
    ],
  ])('it is %s', (_, said, id) => {
    expect(providerThatSaid(said)).toBe(id);
  });
});

describe('a challenge that is no use', () => {
  it.each<[string, SeenChallenge | null]>([
    ['a relative realm', bearer('/v2/auth', host)],
    ['an empty realm', bearer('', host)],
    ['no realm', { scheme: 'bearer', realm: null, service: host }],
    ['a scheme that Docker does not answer', { scheme: 'negotiate', realm: null, service: null }],
    ['Basic without a realm', basic(null)],
    ['nothing', null],
  ])('names no product: %s', (_, challenge) => {
    expect(providerThatSaid({ challenge })).toBe('generic');
  });

  it('does not make the API version a product where nothing was told of the answer', () => {
    expect(providerOf(host, basic('Acme images')).id).toBe('generic');
  });
});
