import { describe, expect, it } from 'vitest';
import { nameOf } from './registry-name.ts';

describe('the short name of a registry, and its two letters', () => {
  it.each([
    ['docker.io', 'Docker Hub', 'DH'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com', 'ECR us-east-1', 'EC'],
    ['public.ecr.aws', 'ECR Public', 'EC'],
    ['europe-west3-docker.pkg.dev', 'Artifact Registry europe-west3', 'AR'],
    ['docker.europe-west3.rep.pkg.dev', 'Artifact Registry europe-west3', 'AR'],
    ['eu.gcr.io', 'eu.gcr.io', 'AR'],
    ['ghcr.io', 'GHCR', 'GH'],
    ['containers.acme.ghe.com', 'containers.acme.ghe.com', 'GH'],
    ['acmeplatform.azurecr.io', 'ACR acmeplatform', 'AZ'],
    ['registry.gitlab.com', 'GitLab', 'GL'],
    ['quay.io', 'Quay', 'QY'],
    ['acme.jfrog.io', 'JFrog acme', 'JF'],
    ['codeberg.org', 'Codeberg', 'GT'],
    ['registry.corp.example:5000', 'registry.corp.example:5000', 'RE'],
    ['10.0.0.5:5000', '10.0.0.5:5000', '10'],
  ])('%s is %s', (host, name, mark) => {
    expect(nameOf(host)).toMatchObject({ name, provider: { mark } });
  });

  it.each([
    ['harbor', 'Harbor', 'HB'],
    ['gitlab', 'GitLab', 'GL'],
    ['nexus', 'Nexus', 'NX'],
    ['artifactory', 'Artifactory', 'JF'],
    // What only claims to be one of these is not called so.
    ['docker-hub', 'registry.corp.example', 'DH'],
    ['acr', 'registry.corp.example', 'AZ'],
    ['ecr', 'registry.corp.example', 'EC'],
    ['distribution', 'registry.corp.example', 'RE'],
    ['no-such-provider', 'registry.corp.example', 'RE'],
  ])('under a name of its own, %s is %s', (provider, name, mark) => {
    expect(nameOf('registry.corp.example', provider)).toMatchObject({ name, provider: { mark } });
  });

  it('believes the host name before the challenge', () => {
    expect(nameOf('quay.io', 'harbor').provider.id).toBe('quay');
  });
});
