import { isNoLogin, isNoOfficial, isOfficial } from '../../message/circumstances.ts';
import {
  deniedAlone,
  deniedTwice,
  gitlabForbids,
  googlePermission,
  harborRefuses,
  insufficientScope,
  noPullAccess,
  noSuchShortName,
  notAuthorized,
  pullAccessDenied,
  resolvedToNothing,
  status404,
  unauthorizedAlone,
} from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /name unknown|name_unknown|repository name not known to registry|repositorynotfoundexception|repository with name '?[^\s']{1,256}'? (?:does not|in registry)|repository "?[^\s"]{1,256}"? (?:was )?not found(?!: does not)|project (?:\S{1,120} )?(?:name )?not found|no such repository|repo(?:sitory)? does not exist(?! or)/,
    means: 'The registry says that it has no such repository.',
    seenIn: 'ECR, Artifact Registry, Quay, Harbor, distribution through dockerd and containerd',
    line: "Error response from daemon: repository 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app not found: name unknown: The repository with name 'team/app' does not exist in the registry with id '111122223333'",
    weight: 'proves',
    excludes: ['credentials-missing', 'access-denied', 'tag-not-found'],
  },
  {
    says: /unknown: not found|unknown: resource not found|error: image \S{1,255} not found|image not known|could not find (?:image|repository)/,
    means: 'Nothing of this name was found.',
    seenIn: 'podman, docker up to 1.9; said by Red Hat',
    line: 'Error determining manifest MIME type for docker://registry.access.redhat.com/alpine:latest: unknown: Not Found',
    weight: 'fits',
  },
  {
    ...noSuchShortName,
    means: 'The name has no registry host, and this program adds none.',
    weight: 'fits',
  },
  {
    ...pullAccessDenied,
    means: 'Docker says the same of a repository that is not there or is misspelled.',
    weight: 'fits',
    when: isNoLogin,
    excludes: ['credentials-invalid'],
  },
  {
    ...noPullAccess,
    means: 'Docker says the same of a repository that is not there or is misspelled.',
    weight: 'fits',
    when: isNoLogin,
  },
  {
    ...insufficientScope,
    means: 'Registries say the same of a repository that is not there.',
    weight: 'allows',
    when: isNoLogin,
  },
  {
    ...notAuthorized,
    means: 'Quay says the same of a repository that is not there.',
    weight: 'fits',
    when: isNoLogin,
  },
  {
    ...harborRefuses,
    means: 'Harbor says the same of a repository that is not there.',
    weight: 'allows',
    when: isNoLogin,
  },
  {
    ...gitlabForbids,
    means: 'GitLab says the same of a repository that is not there.',
    weight: 'allows',
    when: isNoLogin,
  },
  {
    ...googlePermission,
    means: 'Google says the same of a repository that is not there.',
    weight: 'allows',
    when: isNoLogin,
  },
  {
    ...unauthorizedAlone,
    means: 'GHCR says the same of a package that is not there.',
    weight: 'fits',
    when: isNoLogin,
  },
  {
    ...deniedAlone,
    means: 'GHCR says the same of a package that is not there.',
    weight: 'fits',
    when: isNoLogin,
  },
  {
    ...deniedTwice,
    means: 'GHCR says the same of a package that is not there.',
    weight: 'allows',
    when: ({ credentialsSent }) => credentialsSent === 'no',
  },
  {
    ...resolvedToNothing,
    means: 'The registry has no such repository, or no such tag in it.',
    weight: 'allows',
  },
  {
    ...status404,
    means: 'The registry answers 404: this repository is not there, or the tag is not.',
    weight: 'allows',
  },
  {
    says: /pull access denied for [^\s,/]{1,200},/,
    means:
      'The name has no slash: it is an official image of Docker Hub or none, and there is none of this name.',
    seenIn: 'dockerd',
    line: "pull access denied for builder, repository does not exist or may require 'docker login'",
    weight: 'proves',
    excludes: ['credentials-missing', 'access-denied'],
    when: (around) => !isOfficial(around),
  },
  {
    says: /http code: 404/,
    means: 'There is no such repository.',
    seenIn: 'docker up to 1.3',
    line: '2014/11/24 15:50:22 HTTP code: 404',
    weight: 'fits',
  },
  {
    // Docker Hub hides official names that do not exist behind a demand for a login.
    says: /docker\.io\/(?:v2\/)?library\/\S{1,200}: (?:pull access denied|unauthorized: authentication required|failed to authorize)[^\n]{0,400}/,
    means:
      'A name without a slash is an official image of Docker Hub, which everybody may read, and there is none of this name.',
    seenIn: 'dockerd, BuildKit, Kaniko',
    line: 'error building image: GET https://index.docker.io/v2/library/build_base/manifests/latest: UNAUTHORIZED: authentication required; [map[Action:pull Class: Name:library/build_base Type:repository]]',
    weight: 'proves',
    excludes: ['credentials-missing', 'access-denied'],
    when: (around) => isNoLogin(around) && isNoOfficial(around),
  },
  {
    says: /incorrect username or password/,
    means: 'A login for another registry may have been sent to Docker Hub, because the name has no host.',
    seenIn: 'docker',
    line: 'Get https://registry-1.docker.io/v2/repository/manifests/image: unauthorized: incorrect username or password',
    weight: 'allows',
    when: ({ verb }) => verb !== 'login',
  },
  {
    says: /manifest unknown/,
    means: 'Some registries say the same of a repository that is not there.',
    seenIn: 'distribution, GHCR, Quay through dockerd',
    line: 'Error response from daemon: manifest for ghcr.io/user/app:1 not found: manifest unknown',
    weight: 'allows',
  },
];
