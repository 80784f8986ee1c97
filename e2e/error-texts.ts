/** Error texts as programs print them, about images of the staged host. */

const addressOf = (image: string): string => {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(image) ?? [];
  return `https://${host}/v2/${repository}/manifests/${tag}`;
};

/** `kubectl describe pod`, where the registry speaks plain http. */
export const plainHttpOfKubelet = (image: string): string =>
  [
    `  Warning  Failed     12s (x3 over 58s)  kubelet            Failed to pull image "${image}": rpc error: code = Unknown`,
    `desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}":`,
    `failed to do request: Head "${addressOf(image)}":`,
    'http: server gave HTTP response to HTTPS client',
  ].join('\n');

/** `docker pull`, where no login was found. */
export const noLoginOfDocker = (image: string): string =>
  `Error response from daemon: Head "${addressOf(image)}": no basic auth credentials`;

/** The same of the kubelet, which signs in by itself. */
export const noLoginOfKubelet = (image: string): string =>
  `  Warning  Failed     12s   kubelet            Failed to pull image "${image}": failed to resolve reference: failed to authorize: no basic auth credentials`;

/** `docker pull`, where the tag is not there. */
export const noTagOfDocker = (image: string): string =>
  `Error response from daemon: manifest for ${image} not found: manifest unknown: manifest unknown`;

/** `docker login`, which names no image. */
export const timeoutOfLogin =
  'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout';

/** A log of the daemon in which one line tells of a failure. */
export function logAround(line: string, lines: number): string {
  const idle = (index: number) =>
    `Nov 24 14:${String(10 + (index % 50))}:08 build-01 dockerd[912]: level=info msg="checkpointed ${index}"`;
  const around = Array.from({ length: lines }, (_, index) => idle(index));
  return [...around.slice(0, lines / 2), line, ...around.slice(lines / 2)].join('\n');
}
