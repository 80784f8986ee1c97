import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Provider } from '../providers/define-provider.ts';
import { providerById, providerOf } from '../providers/providers.ts';

/** What the pull is about, in the words that sentences use. */
export interface Subject {
  /** As in the reference: `ghcr.io`, `registry.corp.example:5000`; else as an error text names it. Empty without both. */
  host: string;
  repository: string;
  /** `tag v2`, `digest sha256:3f2a…`. */
  wanted: string;
  /** The image as people write it: `acme/web:1`. */
  image: string;
  provider: Provider;
  /** The name of the provider, or the host where nothing more is known: `Docker Hub`, `harbor.corp.example`. */
  registryName: string;
}

export function subjectOf(evidence: Evidence): Subject {
  const reference = evidence.reference?.reference ?? null;
  const host = reference?.registry ?? evidence.text?.registry ?? '';
  // What the gatherer recognised by the challenge counts, and the host name where it recognised nothing.
  const byHost = providerOf(host);
  const provider = byHost.id === 'generic' ? providerById(evidence.ping?.provider) : byHost;
  return {
    host,
    repository: reference?.repository ?? '',
    wanted: reference?.digest
      ? `digest ${shortDigest(reference.digest)}`
      : `tag ${reference?.tag ?? 'latest'}`,
    // An error text is no name, and may be long.
    image:
      evidence.reference?.familiar ??
      evidence.reference?.text ??
      (evidence.text ? 'the image' : evidence.input),
    provider,
    registryName: host === 'docker.io' ? 'Docker Hub' : host,
  };
}

/** `sha256:3f2a9c…`: enough to compare by eye. */
export function shortDigest(digest: string): string {
  const [algorithm, hex = ''] = digest.split(':');
  return hex.length > 12 ? `${algorithm}:${hex.slice(0, 12)}…` : digest;
}

/** The Docker host as sentences name it: `build-01`, or `this host` where the daemon did not say. */
export function hostName(evidence: Evidence): string {
  return evidence.daemon?.info?.name || 'this host';
}

/** Whether the name has one part on Docker Hub: such a name is an official image or none at all. */
export function isOfficialName(evidence: Evidence): boolean {
  const reference = evidence.reference?.reference;
  return reference?.registry === 'docker.io' && reference.repository.startsWith('library/');
}
