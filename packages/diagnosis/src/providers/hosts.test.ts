import { describe, expect, it } from 'vitest';
import { readEcrHost } from './ecr/provider.ts';
import { providerOf } from './providers.ts';

/** One line of the list of hosts: every alternative of its pattern, and names that only look like it. */
interface HostsOfKind {
  provider: string;
  hosts: readonly string[];
  nearMisses: readonly string[];
}

const account = '111122223333';

const kinds: Record<string, HostsOfKind> = {
  dockerhub: {
    provider: 'docker-hub',
    hosts: ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'],
    nearMisses: [
      'registry-2.docker.io',
      'auth.docker.io',
      'hub.docker.com',
      'docker.io.example',
      'mydocker.io',
      'docker.io:5000',
    ],
  },
  ecr: {
    provider: 'ecr',
    hosts: [
      `${account}.dkr.ecr.eu-west-1.amazonaws.com`,
      `${account}.dkr.ecr-fips.us-east-1.amazonaws.com`,
      `${account}.dkr.ecr.us-gov-west-1.amazonaws.com`,
      `${account}.dkr.ecr-fips.us-gov-east-1.amazonaws.com`,
      `${account}.dkr.ecr.cn-north-1.amazonaws.com.cn`,
      `${account}.dkr.ecr.cn-northwest-1.amazonaws.com.cn`,
      `${account}.dkr.ecr.eusc-de-east-1.amazonaws.eu`,
      `${account}.dkr-ecr.eu-west-1.on.aws`,
      `${account}.dkr-ecr-fips.us-east-1.on.aws`,
      `${account}.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn`,
      `${account}.dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu`,
      `${account}.dkr-ecr.us-iso-east-1.on.aws.ic.gov`,
      `${account}.dkr-ecr.us-isob-east-1.on.aws.scloud`,
      `${account}.dkr-ecr.us-isof-south-1.on.aws.hci.ic.gov`,
      `${account}.dkr-ecr.eu-isoe-west-1.on.cloud-aws.adc-e.uk`,
      `${account}.dkr.ecr.us-isob-east-1.sc2s.sgov.gov`,
      `${account}.dkr.ecr.us-iso-east-1.c2s.ic.gov`,
      `${account}.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk`,
      `${account}.dkr.ecr.us-isof-south-1.csp.hci.ic.gov`,
    ],
    nearMisses: [
      `1${account}.dkr.ecr.eu-west-1.amazonaws.com`,
      '11112222333.dkr.ecr.eu-west-1.amazonaws.com',
      `${account}.dkr.ecr.amazonaws.com`,
      `${account}.dkr.ecr.-west-1.amazonaws.com`,
      `${account}.dkr.ecr.eu-west-1.amazonaws.com.example`,
      `${account}.dkr.ecr.eu-west-1.amazonaws.org`,
      `${account}.dkr.s3.eu-west-1.amazonaws.com`,
      `${account}.dkr-ecr.eu-west-1.off.aws`,
      `a.${account}.dkr.ecr.eu-west-1.amazonaws.com`,
      'api.ecr.eu-west-1.amazonaws.com',
    ],
  },
  'ecr-public': {
    provider: 'ecr-public',
    hosts: ['public.ecr.aws', 'ecr-public.aws.com'],
    nearMisses: ['ecr.aws', 'private.ecr.aws', 'gallery.ecr.aws', 'ecr-public.aws.com.example'],
  },
  gar: {
    provider: 'artifact-registry',
    hosts: [
      'europe-west3-docker.pkg.dev',
      'us-docker.pkg.dev',
      'europe-docker.pkg.dev',
      'docker.europe-west3.rep.pkg.dev',
    ],
    nearMisses: [
      'docker.pkg.dev',
      'us-npm.pkg.dev',
      'us-docker.pkg.dev.example',
      'npm.europe-west3.rep.pkg.dev',
      'docker.rep.pkg.dev',
    ],
  },
  gcr: {
    provider: 'gcr',
    hosts: [
      'gcr.io',
      'us.gcr.io',
      'eu.gcr.io',
      'asia.gcr.io',
      'marketplace.gcr.io',
      'mirror.gcr.io',
      'k8s.gcr.io',
    ],
    nearMisses: ['africa.gcr.io', 'us.eu.gcr.io', 'mygcr.io', 'gcr.io.example', 'gcr.com'],
  },
  ghcr: {
    provider: 'ghcr',
    hosts: ['ghcr.io', 'docker.pkg.github.com', 'containers.acme.ghe.com', 'containers.eu.acme.ghe.com'],
    nearMisses: ['ghcr.com', 'npm.pkg.github.com', 'containers.ghe.com', 'acme.ghe.com', 'xghcr.io'],
  },
  acr: {
    provider: 'acr',
    hosts: [
      'acme.azurecr.io',
      'acme-b1c2d3e4f5.azurecr.io',
      'acme.westeurope.geo.azurecr.io',
      'acme-b1c2d3e4f5.westeurope.geo.azurecr.io',
      'acme.azurecr.cn',
      'acme.azurecr.us',
      'acme.azurecr.de',
    ],
    nearMisses: [
      'azurecr.io',
      'acme.westeurope.data.azurecr.io',
      'acme.westeurope.azurecr.io',
      'acme-b1-c2.azurecr.io',
      'acme.azurecr.com',
      'acme.azurecr.io.example',
    ],
  },
  mcr: {
    provider: 'mcr',
    hosts: ['mcr.microsoft.com'],
    nearMisses: ['microsoft.com', 'mcr.microsoft.org', 'eu.mcr.microsoft.com'],
  },
  gitlab: {
    provider: 'gitlab',
    hosts: ['registry.gitlab.com'],
    nearMisses: ['gitlab.com', 'registry.gitlab.org', 'registry.gitlab.com:5050'],
  },
  quay: { provider: 'quay', hosts: ['quay.io'], nearMisses: ['cdn.quay.io', 'quay.com', 'okquay.io'] },
  redhat: {
    provider: 'red-hat',
    hosts: ['registry.redhat.io', 'registry.access.redhat.com', 'registry.connect.redhat.com'],
    nearMisses: ['redhat.io', 'registry.redhat.com', 'access.redhat.com', 'registry.access.redhat.io'],
  },
  artifactory: {
    provider: 'artifactory',
    hosts: ['acme.jfrog.io', 'acme-docker-local.jfrog.io', 'docker.acme.jfrog.io'],
    nearMisses: ['jfrog.io', '.jfrog.io', 'acme.jfrog.com', 'acme.jfrog.io.example'],
  },
  digitalocean: {
    provider: 'digitalocean',
    hosts: ['registry.digitalocean.com'],
    nearMisses: ['digitalocean.com', 'api.digitalocean.com', 'acme.registry.digitalocean.com'],
  },
  ocir: {
    provider: 'ocir',
    hosts: [
      'fra.ocir.io',
      'iad.ocir.io',
      'eu-frankfurt-1.ocir.io',
      'us-ashburn-1.ocir.io',
      'ocir.eu-frankfurt-1.oci.oraclecloud.com',
    ],
    nearMisses: [
      'ocir.io',
      'frankfurt.ocir.io',
      'eu-frankfurt.ocir.io',
      'ocir.oci.oraclecloud.com',
      'container-registry.oracle.com',
    ],
  },
  ibm: {
    provider: 'ibm',
    hosts: ['icr.io', 'us.icr.io', 'jp2.icr.io', 'private.icr.io', 'private.de.icr.io', 'cp.icr.io'],
    nearMisses: ['usa.icr.io', 'de.private.icr.io', 'icr.com', 'public.de.icr.io'],
  },
  scaleway: {
    provider: 'scaleway',
    hosts: ['rg.fr-par.scw.cloud', 'rg.nl-ams.scw.cloud', 'rg.pl-waw.scw.cloud'],
    nearMisses: ['scw.cloud', 's3.fr-par.scw.cloud', 'rg.paris.scw.cloud', 'rg.fr-par.scw.cloud.example'],
  },
  codeberg: { provider: 'gitea', hosts: ['codeberg.org'], nearMisses: ['codeberg.page', 'www.codeberg.org'] },
  gitea: { provider: 'gitea', hosts: ['gitea.com'], nearMisses: ['gitea.io', 'docs.gitea.com'] },
};

describe.each(Object.entries(kinds))('the hosts of %s', (_, { provider, hosts, nearMisses }) => {
  it.each(hosts)('%s is one', (host) => {
    expect(providerOf(host).id).toBe(provider);
  });

  it.each(hosts)('%s is one in upper case as well', (host) => {
    expect(providerOf(host.toUpperCase()).id).toBe(provider);
  });

  it.each(nearMisses)('%s is none', (host) => {
    expect(providerOf(host).id).toBe('generic');
  });

  it.each(hosts)('%s is none at a port, under another domain or behind another label', (host) => {
    for (const other of [`${host}:8443`, `${host}.evil.example`, `evil-${host}.example`])
      expect(providerOf(other).id).toBe('generic');
  });
});

describe('the account and the region in the host of ECR', () => {
  it.each(kinds.ecr?.hosts ?? [])('are read from %s', (host) => {
    const region = /[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(host)?.[1];
    expect(readEcrHost(host)).toEqual({ account, region });
  });
});

describe('the hosts of nobody', () => {
  it.each([
    'registry.corp.example',
    'registry.corp.example:5000',
    'localhost:5000',
    '192.0.2.7:5000',
    '[2001:db8::7]:5000',
  ])('%s is told by its challenge only', (host) => {
    expect(providerOf(host).id).toBe('generic');
  });
});
