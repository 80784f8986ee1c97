import type { ImageReference } from '@pull-doctor/contract/image-reference';
import { dockerHub, looksLikeHost } from './grammar.ts';

/** In full, as Docker reads it: `docker.io/library/nginx:latest`. */
export function canonical(reference: ImageReference): string {
  return `${reference.registry}/${reference.repository}${pointer(reference)}`;
}

/**
 * As people write it: `nginx:latest`, `ghcr.io/acme/app:1`. Docker leaves `docker.io/` out always; here it stays where
 * the rest would be read as another host (`docker.io/a.b/c`), so that parsing the result gives the same reference.
 */
export function familiar(reference: ImageReference): string {
  return familiarName(reference) + pointer(reference);
}

/** The name without tag and digest, as people write it: `nginx`, `acme/app`, `ghcr.io/acme/app`. */
export function familiarName({ registry, repository }: ImageReference): string {
  if (registry !== dockerHub) return `${registry}/${repository}`;
  const [first = '', second, ...rest] = repository.split('/');
  if (first === 'library' && second !== undefined && rest.length === 0) return second;
  return looksLikeHost(first) ? `${registry}/${repository}` : repository;
}

function pointer({ tag, digest }: ImageReference): string {
  return `${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}
