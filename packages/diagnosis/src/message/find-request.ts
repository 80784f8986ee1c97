import type { MessageFailure } from '@pull-doctor/contract/message';

type Verb = NonNullable<MessageFailure['verb']>;

const verbs: readonly [Verb, RegExp][] = [
  [
    'login',
    /(?<!')\b(?:docker|podman|nerdctl|helm registry|buildah|skopeo) login\b|login attempt to |error saving credentials|error logging in(?:to)? |docker login failed|tryloginwithreghost|registry login failed/,
  ],
  [
    'push',
    /\b(?:docker|podman|nerdctl|crane|buildah|helm) (?:image )?push\b|the push refers to|failed to push|pushing to |error pushing/,
  ],
  ['search', /\/v1\/search\?|\bdocker search\b/],
  [
    'build',
    /\bdocker (?:buildx |image )?build\b|failed to solve|step \d{1,3}(?:\/\d{1,3})? ?: |\[internal\] load|error building image|failed to build llb|\bbuildah bud\b/,
  ],
  ['run', /\b(?:docker|podman|nerdctl) (?:container )?run\b|unable to find image '/],
  [
    'create',
    /\b(?:docker|podman) (?:container )?create\b|docker(?:-| )compose(?: -\S{1,60}| --\S{1,60})* up\b/,
  ],
];

/** What docker, or the tool in its place, was doing; a pull where the text names nothing else. */
export function findVerb(lower: string): MessageFailure['verb'] {
  const pulls = /\b(?:pull|pulling|pulled|pullimage)\b|\/manifests\/|fromimage=/.test(lower);
  const named = verbs.find(([, pattern]) => pattern.test(lower))?.[0];
  // A push or a sign-in that worked, above a pull that did not.
  if ((named === 'push' || named === 'login') && /\b(?:docker|podman|nerdctl) (?:image )?pull\b/.test(lower))
    return 'pull';
  return named ?? (pulls ? 'pull' : null);
}

const sentNothing =
  /no basic auth credentials|fetch anonymous token|auth:nil|anonymous(?:ly)? (?:token|pull|access)|without credentials|credentials not found|\blogout\b|removing login credentials for|no credentials (?:found|were)/;
const sentSomething =
  /fetch oauth token|[?&]account=[^&\s]|incorrect username or password|authorization token has expired|access token is expired|--(?:user|creds|src-creds|username)[ =]\S|\blogin (?:\S{1,100} ){0,4}-u[ =]?\S|invalid username\/password|http basic: access denied|login attempt to |unauthorized: http basic/;

const signedIn = 'login succeeded';
// How far before it the command stands, or the host that some tools print.
const commandCharacters = 200;
const hostLike = /\b(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,20}(?::\d{1,5})?/g;

/**
 * Whether a credential went along with the request, where the words tell. A sign-in that worked counts where it names
 * this registry, or none.
 */
export function findCredentialsSent(
  lower: string,
  registry: string | null,
): MessageFailure['credentialsSent'] {
  // A login that worked for one host says nothing where another sentence says that none was sent; a token server that
  // was asked both ways leaves it open.
  if (sentNothing.test(lower)) return lower.includes('fetch oauth token') ? 'unknown' : 'no';
  if (sentSomething.test(lower)) return 'yes';
  const at = lower.indexOf(signedIn);
  if (at < 0) return 'unknown';
  const hosts = [...lower.slice(Math.max(at - commandCharacters, 0), at).matchAll(hostLike)].map(
    ([host]) => host,
  );
  const isOfThis =
    registry === null || registry === 'docker.io' || hosts.some((host) => registry.endsWith(host));
  return hosts.length === 0 || isOfThis ? 'yes' : 'unknown';
}

// Of the registry, the token server or a proxy. Docker's own API wraps every failure in a 500 of its own.
const statusPlaces: readonly RegExp[] = [
  /(?:unexpected |received unexpected )?(?:http )?status(?: code)?(?: from (?:get|head|post) request to \S{1,1500}?)?:? \[?(?:(?:manifests|blobs) [^\]]{1,200}\]: )?"?(\d{3})\b/,
  /unexpected status code (?:https?:\/\/\S{1,1500}: )?\[?(?:(?:manifests|blobs|token) ?[^\]]{0,200}\]: )?(\d{3})\b/,
  /error parsing http (\d{3}) response body/,
  /http\/\d(?:\.\d)?"? (\d{3})\b/,
  /status(?:code)?[=:] ?"?(\d{3})\b/,
  /\b(4\d\d|5\d\d) (?:unauthorized|forbidden|not found|too many requests|internal server error|bad gateway|bad gatewa|service unavailable|gateway time-?out|proxy authentication required)/,
  /bad status during token exchange: (\d{3})/,
];

const ofDockersApi =
  /\(http code \d{3}\) server error|handler for \S{1,6} \S{1,300} returned error|docker api responded with status code=\d{3}/g;

/** The HTTP status that the registry, its token server or a proxy answered with. */
export function findStatus(lower: string): number | null {
  const text = lower.replace(ofDockersApi, '');
  for (const place of statusPlaces) {
    const status = Number(place.exec(text)?.[1] ?? 0);
    if (status >= 100 && status < 600) return status;
  }
  return /toomanyrequests/.test(text) ? 429 : null;
}

const platformPlaces: readonly RegExp[] = [
  /no match(?:ing manifest)? (?:for )?(?:platform in manifest )?(?:for )?((?:linux|windows|darwin|freebsd)\/[a-z0-9_]{2,16}(?:\/v\d{1,2}(?:\.\d)?)?)/,
  /wanted ((?:linux|windows|darwin|freebsd)\/[a-z0-9_]{2,16}(?:\/v\d{1,2})?)/,
  /--platform[= ]"?((?:linux|windows|darwin|freebsd)\/[a-z0-9_]{2,16}(?:\/v\d{1,2})?)/,
  /for platform "?((?:linux|windows|darwin|freebsd)\/[a-z0-9_]{2,16}(?:\/v\d{1,2})?)/,
  /detected host platform \(((?:linux|windows)\/[a-z0-9_]{2,16}(?:\/v\d{1,2})?)/,
];
const apart =
  /no image found in (?:manifest list|image index) for architecture "?([a-z0-9_]{2,16})"?,(?: variant "?([a-z0-9]{0,8})"?,)? os "?([a-z]{2,10})"?/;

/** The platform that was asked for and is missing: `linux/arm64`. */
export function findPlatform(lower: string): string | null {
  for (const place of platformPlaces) {
    const found = place.exec(lower)?.[1];
    if (found) return found;
  }
  const [, architecture, variant, os] = apart.exec(lower) ?? [];
  return architecture && os ? [os, architecture, variant].filter(Boolean).join('/') : null;
}

const time =
  /(?<!(?:before|after|time|earlier than|later than) )\b(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d:\d\d(?:\.\d{1,9})?) ?(z|[+-]\d\d:?\d\d)\b/;

/** When it happened, by the time stamp of a log, as RFC 3339 with its zone; null for stamps without date or zone. */
export function findTime(lower: string): string | null {
  const [, date, clock = '', zone = ''] = time.exec(lower) ?? [];
  if (!date || !Number.isFinite(Date.parse(`${date}T${clock.slice(0, 8)}Z`))) return null;
  const fraction = clock.slice(8, 12);
  const offset = zone === 'z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return `${date}T${clock.slice(0, 8)}${fraction}${offset}`;
}
