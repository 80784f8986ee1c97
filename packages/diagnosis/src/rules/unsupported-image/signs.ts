import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /unsupported media type application\/[a-z0-9.+-]{1,128}/,
    seenIn: 'dockerd with the graph-driver store',
    line: 'unsupported media type application/vnd.cncf.helm.config.v1+json',
    weight: 'proves',
  },
  {
    says: /missing signature key|manifest version 2, schema 1 support (?:is disabled|has been removed)|schema 1 support is disabled/,
    seenIn: 'dockerd',
    line: '[DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled by default and will be removed in an upcoming release.',
    weight: 'proves',
  },
  {
    says: /failed to register layer: (?:ApplyLayer exit status 1 stdout: {1,2}stderr: )?(?:unexpected EOF|archive\/tar: invalid tar header|gzip: invalid header)/,
    seenIn: 'dockerd with the graph-driver store',
    line: 'failed to register layer: ApplyLayer exit status 1 stdout:  stderr: archive/tar: invalid tar header',
    weight: 'proves',
  },
  {
    says: /failed to extract layer sha256:[0-9a-f]{64}: mount callback failed on [^\s]{1,512}: (?:unexpected EOF|archive\/tar|gzip)/,
    seenIn: 'dockerd with the containerd store',
    line: 'failed to extract layer sha256:ff356f1754aac779383359c4de933b09425e269287f45db02d3adfe1b0312538: mount callback failed on /var/lib/docker/containerd/daemon/tmpmounts/containerd-mount3250687353: unexpected EOF: unknown',
    weight: 'proves',
  },
];
