import type { RegistrySeen, SeenChallenge } from './define-provider.ts';

/** Where a Bearer challenge sends for its token. */
export interface BearerRealm {
  /** With its port, where that is not the usual one. */
  host: string;
  path: string;
  /** Whether the service is the realm's own host: so do products whose tokens are for one host. */
  servesItself: boolean;
}

/** The realm of a Bearer challenge; null for other challenges and for a realm that is no full address. */
export function bearerRealm(challenge: SeenChallenge | null): BearerRealm | null {
  const url = realmUrl(challenge);
  if (url === null) return null;
  const service = challenge?.service?.toLowerCase();
  return {
    host: url.host,
    path: url.pathname,
    servesItself: service === url.host || service === url.hostname,
  };
}

/** Whether the token comes from the very host that the registry is asked at. */
export function isRealmOfItself({ host, challenge }: RegistrySeen): boolean {
  const url = realmUrl(challenge);
  const itself = `${url?.protocol}//${host}`;
  return url !== null && URL.canParse(itself) && new URL(itself).host === url.host;
}

function realmUrl(challenge: SeenChallenge | null): URL | null {
  const realm = challenge?.scheme === 'bearer' ? challenge.realm : null;
  return realm && URL.canParse(realm) ? new URL(realm) : null;
}
