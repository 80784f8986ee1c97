import { acrLogins } from '../look-alikes/acr.ts';
import { dockerHubLogins } from '../look-alikes/docker-hub.ts';
import { ecrHost, ecrPasswords } from '../look-alikes/ecr.ts';
import { ghcrLogins } from '../look-alikes/ghcr.ts';
import { giteaLogins } from '../look-alikes/gitea.ts';
import { gitlabLogins } from '../look-alikes/gitlab.ts';
import { harborLogins } from '../look-alikes/harbor.ts';
import { quayLogins } from '../look-alikes/quay.ts';
import type { Fault, Login } from './fault.ts';
import { as, failing, working } from './row.ts';

const ecr = (password: string): Login => ({ user: 'AWS', password });
const api = `${ecrHost}/platform/api:3.2`;

/** Look-alikes of the big registries, under their real names. */
export const providers: Fault[] = [
  working('Docker Hub: official image, anonymous', 'hello'),
  working('Docker Hub: public image, anonymous', 'acme/public:1.0'),
  working(
    'Docker Hub: private image, the member',
    'acme/private:1.0',
    as(dockerHubLogins.member, 'acme/private'),
  ),
  failing('Docker Hub: private image, anonymous', 'acme/private:1.0', 'credentials-missing', {
    expect: { oneOf: ['credentials-missing', 'repository-not-found'], notConfident: true },
  }),
  failing('Docker Hub: wrong password', 'acme/private:1.0', 'credentials-invalid', {
    ...as({ user: 'harbourmaster', password: 'guess' }, 'acme/private'),
    expect: { steps: { token: 'failed' } },
  }),
  failing('Docker Hub: expired access token', 'acme/private:1.0', 'credentials-expired', {
    ...as(dockerHubLogins.expired, 'acme/private'),
    expect: { steps: { token: 'failed' } },
  }),
  failing('Docker Hub: a login that may not read it', 'acme/private:1.0', 'access-denied', {
    ...as(dockerHubLogins.outsider, 'acme/private'),
    expect: { oneOf: ['access-denied', 'repository-not-found'], notConfident: true },
  }),
  failing(
    'Docker Hub: the registry host is missing from the name',
    'clinic-web-frontend:2.3',
    'repository-not-found',
    {
      expect: { oneOf: ['repository-not-found', 'credentials-missing'] },
    },
  ),
  failing('Docker Hub: rate limit reached', 'busy', 'rate-limited', {
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('Docker Hub: tag missing', 'acme/public:7', 'tag-not-found'),

  working('ECR: valid password', api, as(ecr(ecrPasswords.valid), api)),
  failing('ECR: no login', api, 'credentials-missing'),
  failing('ECR: password older than twelve hours', api, 'credentials-expired', {
    ...as(ecr(ecrPasswords.expired), api),
    expect: { certaintyAtLeast: 'likely' },
  }),
  failing('ECR: made-up password', api, 'credentials-invalid', as(ecr('made-up'), api)),
  failing('ECR: no ecr:BatchGetImage', api, 'access-denied', as(ecr(ecrPasswords.withoutPermission), api)),
  failing('ECR: repository missing', `${ecrHost}/platform/nothing:1`, 'repository-not-found', {
    ...as(ecr(ecrPasswords.valid), api),
  }),
  failing('ECR: tag missing', `${ecrHost}/platform/api:9`, 'tag-not-found', as(ecr(ecrPasswords.valid), api)),

  working('GHCR: public image, anonymous', 'ghcr.io/octo/public:v1'),
  working('GHCR: private image, a token with read:packages', 'ghcr.io/octo/private:v1', {
    ...as(ghcrLogins.reader, 'ghcr.io/'),
  }),
  failing('GHCR: private or absent, anonymous', 'ghcr.io/octo/private:v1', 'credentials-missing', {
    expect: { oneOf: ['credentials-missing', 'repository-not-found'], notConfident: true },
  }),
  failing('GHCR: token without read:packages', 'ghcr.io/octo/private:v1', 'access-denied', {
    ...as(ghcrLogins.noScope, 'ghcr.io/'),
  }),
  failing('GHCR: revoked token blocks a public image', 'ghcr.io/octo/public:v1', 'credentials-invalid', {
    ...as(ghcrLogins.revoked, 'ghcr.io/'),
    expect: { oneOf: ['credentials-invalid', 'credentials-expired'] },
  }),

  working(
    'GitLab: member',
    'registry.gitlab.com/group/app:main',
    as(gitlabLogins.member, 'registry.gitlab.com/'),
  ),
  failing('GitLab: no login', 'registry.gitlab.com/group/app:main', 'credentials-missing', {
    expect: { oneOf: ['credentials-missing', 'repository-not-found'] },
  }),
  failing(
    'GitLab: token without read_registry (access forbidden)',
    'registry.gitlab.com/group/app:main',
    'access-denied',
    {
      ...as(gitlabLogins.noScope, 'registry.gitlab.com/'),
    },
  ),
  failing('GitLab: revoked token', 'registry.gitlab.com/group/app:main', 'credentials-invalid', {
    ...as(gitlabLogins.revoked, 'registry.gitlab.com/'),
    expect: { oneOf: ['credentials-invalid', 'credentials-expired'] },
  }),

  working('Harbor: robot', 'harbor.clinic.test/project/app:2', as(harborLogins.robot, 'harbor.clinic.test/')),
  failing('Harbor: no login', 'harbor.clinic.test/project/app:2', 'credentials-missing', {
    expect: { oneOf: ['credentials-missing', 'repository-not-found'] },
  }),
  failing(
    'Harbor: wrong password gets an empty token',
    'harbor.clinic.test/project/app:2',
    'credentials-invalid',
    {
      ...as(harborLogins.wrong, 'harbor.clinic.test/'),
    },
  ),
  failing('Harbor: no member of the project', 'harbor.clinic.test/project/app:2', 'access-denied', {
    ...as(harborLogins.outsider, 'harbor.clinic.test/'),
    expect: { oneOf: ['access-denied', 'repository-not-found'] },
  }),

  working('Quay: robot', 'quay.io/clinic/app:stable', as(quayLogins.robot, 'quay.io/')),
  failing('Quay: private or absent, anonymous', 'quay.io/clinic/app:stable', 'credentials-missing', {
    expect: { oneOf: ['credentials-missing', 'repository-not-found'], notConfident: true },
  }),
  failing('Quay: wrong robot password', 'quay.io/clinic/app:stable', 'credentials-invalid', {
    ...as(quayLogins.wrong, 'quay.io/'),
  }),

  working(
    'ACR: service principal',
    'clinic.azurecr.io/store/cart:5',
    as(acrLogins.principal, 'clinic.azurecr.io/'),
  ),
  failing('ACR: no login', 'clinic.azurecr.io/store/cart:5', 'credentials-missing'),
  failing('ACR: wrong secret, the same text', 'clinic.azurecr.io/store/cart:5', 'credentials-invalid', {
    ...as(acrLogins.wrong, 'clinic.azurecr.io/'),
    expect: { oneOf: ['credentials-invalid', 'credentials-expired'] },
  }),
  failing('ACR: no AcrPull role, the same text', 'clinic.azurecr.io/store/cart:5', 'access-denied', {
    ...as(acrLogins.noRole, 'clinic.azurecr.io/'),
    expect: { oneOf: ['access-denied', 'repository-not-found'] },
  }),

  working('Gitea: two challenges in one header', 'gitea.clinic.test/gardener/app:9', {
    ...as(giteaLogins.owner, 'gitea.clinic.test/'),
  }),
  failing('Gitea: no login', 'gitea.clinic.test/gardener/app:9', 'credentials-missing', {
    expect: { oneOf: ['credentials-missing', 'repository-not-found'] },
  }),
  failing('Gitea: wrong token', 'gitea.clinic.test/gardener/app:9', 'credentials-invalid', {
    ...as(giteaLogins.wrong, 'gitea.clinic.test/'),
  }),
];
