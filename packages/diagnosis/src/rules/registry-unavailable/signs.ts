import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /received unexpected HTTP status: 5\d\d/,
    seenIn: 'dockerd',
    line: 'received unexpected HTTP status: 503 Service Unavailable',
    weight: 'proves',
  },
  {
    says: /unexpected status from (?:HEAD|GET|POST) request to [^\s]{1,1024}: 5\d\d/,
    seenIn: 'containerd, buildkit',
    line: 'unexpected status from HEAD request to https://fault.lab.test/v2/unavailable/app/manifests/1: 503 Service Unavailable',
    weight: 'proves',
  },
  {
    says: /filesystem layer verification failed for digest/,
    seenIn: 'dockerd',
    line: 'filesystem layer verification failed for digest sha256:09e58f132b3d70d3525adf5b8e59f88e46bcfd7576fe097676632dd2749ff8e2',
    weight: 'proves',
  },
  {
    says: /commit failed: unexpected commit digest sha256:[0-9a-f]{64}, expected sha256:/,
    seenIn: 'containerd',
    line: `failed commit on ref "layer-sha256:09e5": commit failed: unexpected commit digest sha256:${'b'.repeat(64)}, expected sha256:09e5`,
    weight: 'proves',
  },
  {
    says: /unknown blob|could not fetch content descriptor sha256:[0-9a-f]{64} \([^)]{1,128}\) from remote: not found/,
    seenIn: 'dockerd, containerd',
    line: 'unknown blob',
    weight: 'proves',
  },
];
