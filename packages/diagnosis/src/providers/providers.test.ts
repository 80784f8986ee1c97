import { describe, expect, it } from 'vitest';
import { providerOf, tokenRealmHosts } from './providers.ts';

describe('who runs a registry', () => {
  it.each([
    ['docker.io', 'docker-hub'],
    ['registry-1.docker.io', 'docker-hub'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com', 'ecr'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'ecr'],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'ecr'],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', 'ecr'],
    ['public.ecr.aws', 'ecr-public'],
    ['europe-west3-docker.pkg.dev', 'artifact-registry'],
    ['eu.gcr.io', 'gcr'],
    ['GHCR.io', 'ghcr'],
    ['acme.azurecr.io', 'acr'],
    ['acme-b1c2d3.azurecr.io', 'acr'],
    ['mcr.microsoft.com', 'mcr'],
    ['registry.gitlab.com', 'gitlab'],
    ['quay.io', 'quay'],
    ['registry.redhat.io', 'red-hat'],
    ['acme.jfrog.io', 'artifactory'],
    ['registry.digitalocean.com', 'digitalocean'],
    ['fra.ocir.io', 'ocir'],
    ['eu-frankfurt-1.ocir.io', 'ocir'],
    ['de.icr.io', 'ibm'],
    ['rg.fr-par.scw.cloud', 'scaleway'],
    ['codeberg.org', 'gitea'],
    ['registry.corp.example:5000', 'generic'],
  ])('%s is %s by its name', (host, id) => {
    expect(providerOf(host).id).toBe(id);
  });

  it.each([
    ['docker.io.evil.example', 'the name only starts like one'],
    ['ghcr.io:8443', 'the port is another'],
    ['123.dkr.ecr.us-east-1.amazonaws.com', 'an account has twelve digits'],
    ['evil-ghcr.io', 'the name only ends like one'],
  ])('%s is nobody’s: %s', (host) => {
    expect(providerOf(host).id).toBe('generic');
  });

  const bearer = (realm: string, service: string | null = null) => ({ scheme: 'bearer', realm, service });
  const basic = (realm: string, service: string | null = null) => ({ scheme: 'basic', realm, service });

  it.each([
    ['Harbor', bearer('https://h.example/service/token', 'harbor-registry'), null, 'harbor'],
    ['Harbor that was sent a login', basic('harbor'), null, 'harbor'],
    ['GitLab', bearer('https://git.example/jwt/auth', 'container_registry'), null, 'gitlab'],
    ['Gitea', bearer('https://git.example/v2/token', 'container_registry'), null, 'gitea'],
    ['Quay', bearer('https://q.example/v2/auth', 'q.example'), null, 'quay'],
    ['Nexus by its realm', basic('Sonatype Nexus Repository Manager'), null, 'nexus'],
    [
      'Nexus by its Server header',
      bearer('https://n.example/v2/token', 'https://n.example/v2/token'),
      'Nexus/3.78.2 (OSS)',
      'nexus',
    ],
    ['Artifactory', basic('Artifactory Realm'), null, 'artifactory'],
    ['ACR behind another name', bearer('https://r.example/oauth2/token', 'r.example'), null, 'acr'],
    ['distribution with htpasswd', basic('Registry Realm'), null, 'distribution'],
    ['an address that says nothing', null, 'nginx', 'generic'],
  ])('knows %s by what it says', (_, challenge, server, id) => {
    expect(providerOf('registry.corp.example', challenge, server).id).toBe(id);
  });

  it('believes the host name before the challenge', () => {
    expect(providerOf('quay.io', bearer('https://quay.io/service/token', 'harbor-registry')).id).toBe('quay');
  });
});

describe('who may be sent the credential beside the registry', () => {
  it('is the token host of the provider that owns the name', () => {
    expect(tokenRealmHosts('docker.io')).toEqual(['auth.docker.io']);
    expect(tokenRealmHosts('registry.gitlab.com')).toEqual(['gitlab.com']);
  });

  it('is nobody for a registry under its own name', () => {
    expect(tokenRealmHosts('registry.corp.example')).toEqual([]);
    expect(tokenRealmHosts('auth.docker.io.evil.example')).toEqual([]);
  });
});
