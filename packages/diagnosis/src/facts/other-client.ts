import type { Cause } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { MessageClient } from '@pull-doctor/contract/message';

/** What a program other than Docker uses in place of what stands on this host. */
const own: Partial<Record<MessageClient, string>> = {
  kubelet:
    'Kubernetes signs in with the imagePullSecrets of the pod or its service account, and its nodes have certificates and proxies of their own',
  containerd:
    'containerd takes the login that it is given with each pull, its certificates from /etc/containerd/certs.d, and the proxy from its own service',
  'cri-o':
    'CRI-O signs in with imagePullSecrets or its own auth file, and takes certificates from /etc/containers/certs.d',
  podman:
    'Podman keeps its logins in its own auth.json, its certificates in /etc/containers/certs.d, and takes the proxy from the environment of the command',
  skopeo:
    'skopeo reads the logins of Podman (auth.json) first, and its certificates from /etc/containers/certs.d',
  buildkit:
    'BuildKit signs in as the user who starts the build; a builder in a container has certificates and a proxy of its own',
  kaniko: 'Kaniko reads /kaniko/.docker/config.json and trusts the certificates inside its container',
  helm: 'Helm keeps logins of its own, made by helm registry login',
  nomad: 'Nomad signs in with the auth block of the job or of its Docker plugin',
  ecs: 'Amazon ECS pulls with the execution role of the task, from inside the network of the task',
  registry: 'A registry’s log tells of every client that asked it, not of this one alone',
};

/** What a registry answers alike, whoever asks and with whatever settings. */
const sameForAll: readonly Cause[] = [
  'invalid-reference',
  'not-a-registry',
  'registry-unavailable',
  'tag-not-found',
  'unsupported-image',
];

/**
 * Why what Pull Doctor finds of this cause on this host may not hold for the program that printed the text. Nothing for
 * Docker's own programs, which use what Pull Doctor looks at, and where the settings do not matter.
 */
export function ownSettings({ text }: Evidence, cause: Cause): string | null {
  const what = text?.client && own[text.client];
  return what && !sameForAll.includes(cause) ? `${what}.` : null;
}
