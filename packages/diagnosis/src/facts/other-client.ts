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

/**
 * Why what Pull Doctor finds on this host may not hold for the program that printed a text; nothing for Docker's own
 * programs, which use what Pull Doctor looks at.
 */
export function ownSettings(client: MessageClient | null): string | null {
  const what = client && own[client];
  return what ? `${what}.` : null;
}
