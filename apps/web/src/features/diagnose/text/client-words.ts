import type { MessageClient } from '@pull-doctor/contract/message';

const words: Record<MessageClient, string> = {
  docker: 'Docker',
  compose: 'Docker Compose',
  buildkit: 'BuildKit',
  dockerd: 'Docker daemon',
  kubelet: 'Kubernetes',
  containerd: 'containerd',
  'cri-o': 'CRI-O',
  podman: 'Podman',
  skopeo: 'Skopeo',
  kaniko: 'Kaniko',
  helm: 'Helm',
  nomad: 'Nomad',
  ecs: 'Amazon ECS',
  registry: 'a registry',
};

/** Who printed a text, as people call it; a program that is not known by its own name. */
export const clientText = (client: string): string =>
  Object.entries(words).find(([code]) => code === client)?.[1] ?? client;
