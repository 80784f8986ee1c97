import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /toomanyrequests|429 too many request|(?:pull|request|secondary|api) rate limit|rate ?limit(?:ed| exceeded| has been)|rate exceeded|http (?:status(?: code)?:? )?429|status(?: code)?:? \[?[^\]\n]{0,200}?\b429\b|too many requests|throttlingexception|(?:quota|limit) exceeded for (?:quota|metric|requests)|resource_exhausted/,
    means: 'The registry has counted too many requests.',
    seenIn: 'dockerd, containerd, podman; said by Docker Hub, ECR Public, GitLab, mirrors',
    line: 'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    weight: 'proves',
    excludes: [
      'registry-unavailable',
      'not-a-registry',
      'tag-not-found',
      'repository-not-found',
      'invalid-reference',
      'credentials-missing',
      'access-denied',
      'proxy-failure',
    ],
  },
];
