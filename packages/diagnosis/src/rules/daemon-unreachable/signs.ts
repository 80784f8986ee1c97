import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /cannot connect to the docker daemon|is the docker daemon running|could ?n[o']t connect to docker daemon|docker daemon is not running|docker desktop is (?:not running|unable to start|paused)|unable to connect to (?:the )?docker|failed to connect to (?:the )?docker (?:daemon|api|socket|engine)|cannot connect to podman|could not find a valid docker environment/,
    means: 'The program did not reach the Docker daemon.',
    seenIn: 'docker, compose, Testcontainers, podman',
    line: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    weight: 'proves',
    excludes: ['connection-failure', 'dns-failure'],
  },
  {
    says: /permission denied while trying to connect to the docker (?:daemon|api)|docker\.sock[^\n]{0,40}: permission denied|connect eacces \S{1,100}docker\.sock/,
    means: 'This user may not use the daemon’s socket.',
    seenIn: 'docker, clients of its API',
    line: 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Post "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/images/create?fromImage=postgres&tag=latest": dial unix /var/run/docker.sock: connect: permission denied',
    weight: 'proves',
    excludes: ['connection-failure', 'config-malformed'],
  },
  {
    says: /dial unix \S{1,200}\.sock: |connect: no such file or directory[^\n]{0,60}docker|(?:docker|podman|containerd)\.sock[^\n]{0,40}: (?:connect: )?(?:no such file|connection refused)|connect (?:enoent|econnrefused) \S{0,100}(?:docker|podman)\.sock/,
    means: 'Nobody answers at the daemon’s socket.',
    seenIn: 'docker, crictl, podman, clients of the API',
    line: 'dial unix /var/run/docker.sock: connect: no such file or directory',
    weight: 'proves',
    excludes: ['connection-failure'],
  },
  {
    says: /error during connect: |pipe\/docker_?engine|pipe\/dockerdesktop\S{0,40}: |open \/\/\.\/pipe\//,
    means: 'Docker’s pipe or address gave no answer: the daemon is not running.',
    seenIn: 'docker on Windows',
    line: 'error during connect: Post http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.40/images/create?fromImage=mysql&tag=latest: open //./pipe/docker_engine: The system cannot find the file specified.',
    weight: 'proves',
    excludes: ['connection-failure', 'dns-failure'],
  },
  {
    says: /error while fetching server api version|\('connection aborted\.', ?(?:filenotfounderror|permissionerror|connectionrefusederror|oserror)/,
    means: 'The Python client did not reach the daemon.',
    seenIn: 'docker-py, docker-compose 1',
    line: "docker.errors.DockerException: Error while fetching server API version: ('Connection aborted.', FileNotFoundError(2, 'No such file or directory'))",
    weight: 'proves',
    excludes: ['connection-failure'],
  },
  {
    says: /validate service connection: |failed to connect to containerd|connection error: desc = "transport: error while dialing|rpc error: code = unavailable desc = (?:connection|transport)|container runtime (?:is (?:down|not running)|network not ready)/,
    means: 'The container runtime does not answer.',
    seenIn: 'crictl, kubelet, ctr',
    line: 'FATA[0000] validate service connection: CRI v1 image API is not implemented for endpoint "unix:///var/run/dockershim.sock": rpc error: code = Unavailable desc = connection error',
    weight: 'proves',
    excludes: ['connection-failure'],
  },
];
