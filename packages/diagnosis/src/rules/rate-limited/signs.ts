import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /toomanyrequests/i,
    seenIn: 'dockerd, registries',
    line: 'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    weight: 'proves',
  },
  {
    says: /\b429 Too Many Request|error parsing HTTP 429 response body/,
    seenIn: 'containerd, dockerd',
    line: 'unexpected status from HEAD request to https://fault.lab.test/v2/ratelimit/app/manifests/1: 429 Too Many Requests',
    weight: 'proves',
  },
];
