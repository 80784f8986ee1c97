import type { Failure } from '@pull-doctor/contract/exchange';
import { failure } from '../failure.ts';

export type RedirectVerdict =
  | { follow: true; to: URL; keepsAuthorization: boolean; why: string | null; failure: null }
  /** Without a failure the redirect itself is the answer. */
  | { follow: false; to: URL | null; keepsAuthorization: false; why: string; failure: Failure | null };

// Registries use one hop (to an object store), some two. Go gives up after ten.
const redirectsMax = 5;

/**
 * Whether a redirect is followed. The address behind the name is judged later, when the road to it is made.
 *
 * @param hops already followed
 */
export function judgeRedirect(redirect: {
  from: URL;
  location: string;
  hops: number;
  policy: 'followed' | 'same-origin';
}): RedirectVerdict {
  const { from, location, hops, policy } = redirect;
  const refuse = (why: string, to: URL | null, failed: Failure | null = failure('guard', 'guarded', why)) =>
    ({ follow: false, to, keepsAuthorization: false, why, failure: failed }) as const;
  if (!URL.canParse(location, from.href)) return refuse('The Location is no address.', null);
  const to = new URL(location, from.href);
  to.hash = '';
  if (hops >= redirectsMax) {
    const why = `More than ${redirectsMax} redirects.`;
    return refuse(why, to, failure('http', 'too-many-redirects', why));
  }
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return refuse(`It leads to ${to.protocol}`, to);
  if (to.username !== '' || to.password !== '') return refuse('The address carries a login.', to);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    return refuse('It leads from https to http.', to);
  if (policy === 'same-origin' && !isSameHost(from, to)) {
    return refuse('A request for a token is not passed on to another host.', to, null);
  }
  const keepsAuthorization = isSameHost(from, to);
  return {
    follow: true,
    to,
    keepsAuthorization,
    why: keepsAuthorization ? null : 'Another host: without the credential.',
    failure: null,
  };
}

/** One host and port, or the step from http to https on one host. */
function isSameHost(from: URL, to: URL): boolean {
  if (from.hostname !== to.hostname) return false;
  const isUpgrade =
    from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  return from.host === to.host || isUpgrade;
}
