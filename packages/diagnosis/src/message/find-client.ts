import type { MessageClient } from '@pull-doctor/contract/message';

// The first that matches counts: from wrappers that quote others (a kubelet quotes containerd and dockerd) to the plain
// client. In the clean text, lower case.
const marks: readonly [MessageClient, RegExp][] = [
  ['ecs', /cannotpullcontainererror|resourceinitializationerror|cannotpullimagemanifesterror/],
  ['nomad', /driver failure|failed to pull `[^`]{1,300}`|nomad/],
  [
    'kubelet',
    /\bkubelet\b|errimagepull|imagepullbackoff|failed to pull image "|back-off pulling image|remote_image\.go|kuberuntime|error syncing pod|rpc error: code = \w{1,20} desc = (?:failed to pull|error response from daemon)/,
  ],
  ['kaniko', /kaniko|error building image: |retrieving image manifest|checking push permissions/],
  ['helm', /\bhelm (?:pull|install|upgrade|registry|push|dependency)\b|helm\.go/],
  ['skopeo', /\bskopeo\b/],
  ['cri-o', /cri-o|\bcrio\b/],
  [
    'podman',
    /\b(?:podman|buildah)\b|trying to pull \S{1,300}\.\.\.|(?:error )?initializing (?:image from )?source docker:\/\/|error reading manifest \S{1,200} in |containers\/(?:auth|policy|registries)|registries\.conf/,
  ],
  ['registry', /http\.request\.(?:host|uri)|err\.code=|go\.version=|vars\.name=/],
  [
    'dockerd',
    /\bdockerd\b|level=\w{4,7} msg="?(?:not continuing with pull|error from v2 registry|attempting next endpoint|handler for post|pulling image failed|error getting v2 registry)/,
  ],
  [
    'compose',
    /docker-compose|docker compose|dockerpycreds|compose\/cli|\[\+\] (?:running|pulling)|pulling [\w.-]{1,100} \(\S{1,300}\)\.\.\.|couldn't connect to docker daemon at http\+docker/,
  ],
  [
    'buildkit',
    /failed to solve|buildkit|buildx|failed to build llb|load metadata for|frontend dockerfile|\berror\[build\]|#\d{1,3} (?:error|\[)/,
  ],
  ['containerd', /\b(?:ctr|crictl|nerdctl)\b|containerd|failed to resolve (?:reference|image) "/],
  [
    'docker',
    /error response from daemon|docker daemon|\bdocker(?:\.exe)?(?: |:)|unable to find image '|pull access denied for|using default tag/,
  ],
];

/** Who printed the text, as far as its own words tell; null where nothing in it is any program's own. */
export function findClient(lower: string): MessageClient | null {
  return marks.find(([, pattern]) => pattern.test(lower))?.[0] ?? null;
}
