import { resolvedToNothing, status404 } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /manifest unknown|manifest_unknown|manifest for \S{1,400} not found|manifest tagged by "?[^\s"]{1,128}"? is not found|manifest (?:\S{1,200} )?is unknown/,
    means: 'The repository answers, and has no such tag or digest.',
    seenIn: 'dockerd, containerd, podman; said by most registries',
    line: 'Error response from daemon: manifest for acme/app:v9 not found: manifest unknown: manifest unknown',
    weight: 'proves',
    excludes: ['access-denied', 'credentials-missing'],
  },
  {
    says: /requested image not found|imagenotfoundexception|image with imageid \{|artifact \S{1,300} not found|tag \S{1,128} (?:was )?not found(?: in repository)?|failed to fetch "[^"\n]{1,200}" from request|tag does not exist|no such tag|unable to find (?:the )?tag/,
    means: 'The registry says that this tag or digest is not there.',
    seenIn: 'ECR, Harbor, gcr.io, docker up to 1.9',
    line: 'Error response from daemon: manifest for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:v9 not found: manifest unknown: Requested image not found',
    weight: 'proves',
    excludes: ['access-denied', 'credentials-missing'],
  },
  {
    ...resolvedToNothing,
    means: 'The registry has no such tag, or no such repository.',
    weight: 'fits',
  },
  {
    says: /failed to resolve (?:reference|image) "?[^\s"]{1,400}"?: \S{1,400}:$|not_found: |error parsing http 404 response body/m,
    means: 'Nothing was found under this name.',
    seenIn: 'containerd',
    line: 'failed to resolve reference "docker.io/acme/app:v9": docker.io/acme/app:v9:',
    weight: 'allows',
  },
  {
    ...status404,
    means: 'The registry answers 404: this tag is not there, or the repository is not.',
    weight: 'fits',
  },
  {
    says: /error: image \S{1,255}:\S{1,128} not found/,
    means: 'Nothing was found under this name and tag.',
    seenIn: 'docker up to 1.9',
    line: 'Error: image acme/app:1.2 not found',
    weight: 'fits',
  },
];
