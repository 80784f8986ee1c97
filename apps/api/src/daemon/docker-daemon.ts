import type { DaemonEvidence, DaemonInfo } from '@pull-doctor/contract/evidence/daemon';
import type { FoundDaemon } from '@pull-doctor/docker-config/docker-host';
import Docker from 'dockerode';
import { type DaemonEvent, type EventsEnd, readEvents } from './daemon-events.ts';
import { daemonFailure } from './daemon-failure.ts';
import { type PullRequest, type PullResult, pullImage } from './pull-image.ts';
import { readInfo } from './read-info.ts';

export type DaemonLook =
  | { reached: true; info: DaemonInfo }
  | { reached: false; failure: NonNullable<DaemonEvidence['failure']> };

export interface LocalImage {
  /** `ghcr.io/acme/app:1` */
  tags: string[];
  /** `ghcr.io/acme/app@sha256:…`: it was pulled from there or pushed there. */
  digests: string[];
}

/** The closed list of what Pull Doctor asks of a Docker daemon (docs/ARCHITECTURE.md, "The daemon's calls"). */
export interface DockerDaemon {
  readonly address: FoundDaemon;
  /** Reached through a socket of this machine. */
  readonly isLocal: boolean;
  /** `GET /info` and `GET /version`; an answer counts for two seconds. */
  look(signal: AbortSignal): Promise<DaemonLook>;
  /** `GET /images/NAME/json`. */
  localImage(
    reference: string,
    signal: AbortSignal,
  ): Promise<{ present: boolean; id: string | null; digests: string[] } | null>;
  /** `GET /images/json`: names and tags in the local store; none where the daemon does not tell them. */
  localNames(signal: AbortSignal): Promise<string[]>;
  /** `GET /images/json` as well: each image's names; null where the daemon does not tell them. */
  localImages(signal: AbortSignal): Promise<LocalImage[] | null>;
  /**
   * `GET /events`: what happened since a time, then what happens, until the signal or the daemon ends it.
   *
   * @param sinceNs Nanoseconds since 1970, by the daemon's clock; an event of that very instant is told again.
   * @param opened Called once the daemon has answered.
   * @returns Why it ended.
   */
  events(sinceNs: bigint, opened: () => void, signal: AbortSignal): AsyncGenerator<DaemonEvent, EventsEnd>;
  /** `POST /images/create`. */
  pull(request: PullRequest): Promise<PullResult>;
}

/** dockerode passes `abortSignal` on in these calls too; its type package does not say so. */
interface StoppableDocker {
  info(options: { abortSignal: AbortSignal }): Promise<unknown>;
  getImage(name: string): {
    inspect(options: { abortSignal: AbortSignal }): Promise<{ Id: string; RepoDigests?: string[] | null }>;
  };
}

const lookValidMs = 2000;
// A daemon on the same machine answers in milliseconds; a busy one may take longer, and the diagnosis goes on without it.
const lookMsMax = 4000;

export function dockerDaemon(address: FoundDaemon, now: () => Date): DockerDaemon {
  const { target } = address;
  if ('unsupported' in target) return unreachable(address, target.unsupported);
  const socketPath = 'socketPath' in target ? target.socketPath : null;
  const docker = new Docker(
    'socketPath' in target
      ? { socketPath: target.socketPath }
      : { host: target.host, port: target.port, protocol: target.tls ? 'https' : 'http', ...target.tls },
  );
  const stoppable = docker as unknown as StoppableDocker;
  let last: { at: number; look: Promise<DaemonLook> } | null = null;

  const ask = async (signal: AbortSignal): Promise<DaemonLook> => {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(lookMsMax)]);
    try {
      const [info, version] = await Promise.all([stoppable.info({ abortSignal }), docker.version()]);
      return { reached: true, info: readInfo(info, version, now()) };
    } catch (error) {
      return { reached: false, failure: daemonFailure(error, socketPath) };
    }
  };

  const localImages = async (signal: AbortSignal): Promise<LocalImage[] | null> => {
    const images = await docker.listImages({ abortSignal: signal }).catch(() => null);
    if (!images) return null;
    return images.map(({ RepoTags, RepoDigests }) => ({
      tags: (RepoTags ?? []).filter((name) => name !== '<none>:<none>'),
      digests: (RepoDigests ?? []).filter((name) => !name.startsWith('<none>@')),
    }));
  };

  return {
    address,
    isLocal: socketPath !== null,
    look(signal) {
      if (last && performance.now() - last.at < lookValidMs) return last.look;
      last = { at: performance.now(), look: ask(signal) };
      return last.look;
    },
    async localImage(reference, signal) {
      try {
        const image = await stoppable.getImage(reference).inspect({ abortSignal: signal });
        return { present: true, id: image.Id, digests: image.RepoDigests ?? [] };
      } catch (error) {
        return (error as { statusCode?: number }).statusCode === 404
          ? { present: false, id: null, digests: [] }
          : null;
      }
    },
    localImages,
    async localNames(signal) {
      const images = await localImages(signal);
      return (images ?? []).flatMap(({ tags }) => tags);
    },
    events: (sinceNs, opened, signal) => readEvents(docker, socketPath, { sinceNs, opened, signal }),
    pull: (request) => pullImage(docker, request),
  };
}

/** A daemon that cannot be reached from here by its kind of address. */
function unreachable(address: FoundDaemon, why: string): DockerDaemon {
  return {
    address,
    isLocal: false,
    look: async () => ({ reached: false, failure: { code: 'other', message: why, owner: null } }),
    localImage: async () => null,
    localImages: async () => null,
    localNames: async () => [],
    // biome-ignore lint/correctness/useYield: it ends before anything happens
    async *events() {
      return { code: 'other', message: why, owner: null };
    },
    pull: async () => {
      throw new Error(why);
    },
  };
}
