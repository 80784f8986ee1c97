import type { RegistrySource } from '@pull-doctor/contract/registries';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';
import { day } from '@pull-doctor/diagnosis/words/instant';
import { count } from '@pull-doctor/diagnosis/words/sentence';
import type { DaemonConfig } from '@pull-doctor/docker-config/daemon-config';
import type { DaemonLook, LocalImage } from '../../daemon/docker-daemon.ts';
import type { PastUse } from './pull-history.ts';

/** Registries that the Docker host knows of, whoever is signed in there. */
export interface HostSources {
  /** Host of the registry, and each place that names it. */
  sources: Map<string, RegistrySource[]>;
  /** Host of the registry, repository, tags. */
  images: Map<string, Map<string, string[]>>;
}

/** What names registries on this host: local images, what was pulled, mirrors and insecure registries of the daemon. */
export function hostSources(
  images: readonly LocalImage[],
  past: readonly PastUse[],
  look: DaemonLook,
  daemonConfig: DaemonConfig,
): HostSources {
  const sources = new Map<string, RegistrySource[]>();
  const add = (host: string, kind: RegistrySource['kind'], says: string) => {
    sources.set(host, [...(sources.get(host) ?? []), { kind, says }]);
  };
  const byRegistry = imagesByRegistry(images);
  for (const [host, repositories] of byRegistry) {
    const number = [...repositories.values()].reduce((sum, { length }) => sum + Math.max(1, length), 0);
    add(host, 'local-images', `${count(number, 'image')} of it ${number === 1 ? 'is' : 'are'} on this host.`);
  }
  for (const { registry, times, last } of past)
    add(
      registry,
      'history',
      `${count(times, 'pull')} of the last 30 days, the last on ${day(last.toISOString())}.`,
    );
  const mirrors = look.reached ? look.info.mirrors : daemonConfig.registryMirrors;
  for (const mirror of mirrors) {
    const host = hostOfAddress(mirror);
    if (host) add(host, 'mirror', 'The daemon asks it in place of Docker Hub (registry-mirrors).');
  }
  const insecure = look.reached ? look.info.insecureRegistries : daemonConfig.insecureRegistries;
  for (const entry of insecure) {
    // A range of addresses names no registry.
    const host = entry.includes('/') && !/^https?:\/\//i.test(entry) ? null : hostOfAddress(entry);
    if (host) add(host, 'insecure', 'The daemon checks no certificate there (insecure-registries).');
  }
  return { sources, images: byRegistry };
}

/** Images that came from a registry or went to one. One that was only built here says nothing about its registry. */
function imagesByRegistry(images: readonly LocalImage[]): HostSources['images'] {
  const found: HostSources['images'] = new Map();
  const nameOf = ({ registry, repository }: { registry: string; repository: string }) =>
    `${registry}/${repository}`;
  for (const { tags, digests } of images) {
    const known = new Set(digests.map((name) => repositoryOf(name)).map((one) => one && nameOf(one)));
    for (const name of tags.length > 0 ? tags : digests) {
      const image = repositoryOf(name);
      if (!image || !known.has(nameOf(image))) continue;
      const repositories = found.get(image.registry) ?? new Map<string, string[]>();
      const seen = repositories.get(image.repository) ?? [];
      repositories.set(image.repository, image.tag === null ? seen : [...seen, image.tag]);
      found.set(image.registry, repositories);
    }
  }
  return found;
}

function repositoryOf(name: string): { registry: string; repository: string; tag: string | null } | null {
  const parsed = parseReference(name);
  return parsed.ok ? parsed.reference : null;
}

/** `https://mirror.corp:5000/` or `mirror.corp:5000`: host and port as in image names; null for what is neither. */
function hostOfAddress(text: string): string | null {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { host, username, password } = new URL(address);
  return host === '' || username !== '' || password !== '' ? null : host;
}
