import type { RateLimit } from '@pull-doctor/contract/evidence/registry';
import { providerOf } from '@pull-doctor/diagnosis/providers/providers';
import type { Asker } from '../http/asker.ts';
import { readRateLimit } from '../http/rate-limit.ts';
import { manifestAccept } from '../manifest/media-types.ts';
import type { Tokens } from '../token/tokens.ts';

// Docker's own repository for this question.
const repository = 'ratelimitpreview/test';

/** By its name alone: only Docker Hub has the repository that is asked for. */
export function isDockerHub(registryName: string): boolean {
  return providerOf(registryName).id === 'docker-hub';
}

/**
 * How many pulls Docker Hub has left for this credential, or for this address without one, and whom it counts: by HEAD
 * of a manifest, which it does not count (https://docs.docker.com/docker-hub/usage/pulls/). It sends no such headers to
 * accounts without a limit.
 *
 * @returns null where it tells nothing, whatever the reason
 */
export async function askPullsLeft({
  asker,
  tokens,
  origin,
  now,
}: {
  asker: Asker;
  tokens: Tokens;
  origin: URL;
  now: () => Date;
}): Promise<RateLimit | null> {
  const authorization = await (tokens.sendsCredential
    ? tokens.signedIn(repository)
    : tokens.anonymous(repository));
  if (authorization === undefined) return null;
  const asked = await asker.ask({
    method: 'HEAD',
    url: new URL(`/v2/${repository}/manifests/latest`, origin),
    accept: manifestAccept,
    authorization,
    bytesMax: 0,
    longer: 'fails',
    redirects: 'not-followed',
    showsBody: false,
  });
  return readRateLimit(asked.headers, now());
}
