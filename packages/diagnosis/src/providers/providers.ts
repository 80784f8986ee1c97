import { acr } from './acr/provider.ts';
import { artifactRegistry } from './artifact-registry/provider.ts';
import { artifactory } from './artifactory/provider.ts';
import type { Provider, SeenAnswer, SeenChallenge } from './define-provider.ts';
import { digitalocean } from './digitalocean/provider.ts';
import { distribution } from './distribution/provider.ts';
import { dockerHub } from './docker-hub/provider.ts';
import { ecr } from './ecr/provider.ts';
import { ecrPublic } from './ecr-public/provider.ts';
import { gcr } from './gcr/provider.ts';
import { generic } from './generic/provider.ts';
import { ghcr } from './ghcr/provider.ts';
import { gitea } from './gitea/provider.ts';
import { gitlab } from './gitlab/provider.ts';
import { harbor } from './harbor/provider.ts';
import { ibm } from './ibm/provider.ts';
import { mcr } from './mcr/provider.ts';
import { nexus } from './nexus/provider.ts';
import { ocir } from './ocir/provider.ts';
import { quay } from './quay/provider.ts';
import { redHat } from './red-hat/provider.ts';
import { scaleway } from './scaleway/provider.ts';

/**
 * Every provider. The order decides where two products would recognise one challenge: the more particular first, and
 * the one that takes everything last.
 */
export const providers: readonly Provider[] = [
  dockerHub,
  ecr,
  ecrPublic,
  artifactRegistry,
  gcr,
  ghcr,
  mcr,
  redHat,
  digitalocean,
  ocir,
  ibm,
  scaleway,
  harbor,
  gitlab,
  gitea,
  nexus,
  artifactory,
  acr,
  quay,
  distribution,
  generic,
];

/**
 * Who runs a registry: by its host name, else by the challenge it sent, else the generic provider.
 *
 * @param host as in the image reference, with its port
 * @param challenge of `GET /v2/`, without the scope
 * @param server the `Server` header
 * @param answer without it, products that send nothing of their own stay generic
 */
export function providerOf(
  host: string,
  challenge?: SeenChallenge | null,
  server: string | null = null,
  answer: SeenAnswer | null = null,
): Provider {
  const name = host.toLowerCase();
  const seen = { host: name, challenge: challenge ?? null, server, answer };
  return (
    providers.find((provider) => provider !== generic && provider.owns(name)) ??
    providers.find((provider) => provider.recognises(seen)) ??
    generic
  );
}

/** The provider with this id; the generic one for an id that is not known (any more). */
export function providerById(id: string | null | undefined): Provider {
  return providers.find((provider) => provider.id === id) ?? generic;
}

/**
 * Hosts that may be sent the credential for this registry although they are under another domain, because its provider
 * is known to hand out tokens there. Decided by the registry's host name alone: a challenge is chosen by the registry,
 * so it must not widen the circle of those who get a credential.
 */
export function tokenRealmHosts(host: string): readonly string[] {
  const name = host.toLowerCase();
  return providers.find((provider) => provider !== generic && provider.owns(name))?.tokenRealmHosts ?? [];
}
