import type { MessageClient } from '@pull-doctor/contract/message';

const names: Record<MessageClient, string> = {
  docker: 'docker',
  compose: 'Compose',
  buildkit: 'BuildKit',
  dockerd: 'the Docker daemon’s log',
  kubelet: 'Kubernetes',
  containerd: 'containerd',
  'cri-o': 'CRI-O',
  podman: 'Podman',
  skopeo: 'skopeo',
  kaniko: 'Kaniko',
  helm: 'Helm',
  nomad: 'Nomad',
  ecs: 'Amazon ECS',
  registry: 'a registry’s log',
};

/** The program that printed a text, as sentences name it. */
export function clientName(client: MessageClient): string {
  return names[client];
}
