import type { Credential } from '@pull-doctor/contract/credential';
import type { Secret } from '@pull-doctor/contract/secret';
import { failure } from '../failure.ts';
import { type Asked, Asker } from '../http/asker.ts';
import { Scrubber } from '../http/scrub.ts';
import { proxySecrets, secretsOf } from '../http/secrets.ts';
import { type Resolving, systemResolving } from '../reach/look-up.ts';
import { OpenSockets } from '../reach/open-sockets.ts';
import { roadTo } from '../reach/roads.ts';
import { loadTrust, type Trust } from '../reach/trust.ts';
import { defaultTimeouts, type ProbeSettings } from '../settings.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { google } from './google.ts';
import { type Accepted, type Issuer, type IssuerApis, type IssuerEnd, notTold } from './issuer.ts';

export type { Accepted, IssuerApis, IssuerEnd } from './issuer.ts';

export type IssuerSettings = Pick<
  ProbeSettings,
  'proxies' | 'trust' | 'signal' | 'timeouts' | 'pace' | 'now'
> & {
  /** For tests: where the issuers' APIs are. Each needs https, as the real ones. */
  apis?: Partial<IssuerApis>;
};

const issuers: readonly Issuer[] = [github, gitlab, google];

/** Whether there is an issuer that tells the end of this credential when it is asked with it. */
export function hasIssuer(accepted: Accepted): boolean {
  return issuerOf(accepted) !== null;
}

/**
 * Asks the issuer of a credential until when it works, with the credential itself: one request, to the issuer's own
 * host over verified TLS and to no other; redirects are not followed. To be asked for credentials that the registry
 * accepted, and seldom: the caller decides how often.
 *
 * @returns null where no issuer tells the end of such a credential. Whatever else goes wrong is told in `says`
 */
export async function askIssuerEnd(
  accepted: Accepted,
  settings: IssuerSettings,
  resolving: Resolving = systemResolving,
): Promise<IssuerEnd | null> {
  const found = issuerOf(accepted);
  if (!found) return null;
  const { issuer, token } = found;
  const api = settings.apis?.[issuer.id] ?? found.api;
  const { protocol, host, hostname } = new URL(api);
  if (protocol !== 'https:')
    return notTold(`${host} is not asked for its end, since it does not speak https.`);
  const request = issuer.request(api, token);
  const asked = await askOnce(request, hostname, accepted, settings, resolving);
  if (asked.failure) return notTold(`${host} gave no answer about its end: ${asked.failure.message}`);
  const status = asked.status ?? 0;
  if (status === 200) return issuer.read(asked, host);
  return notTold(issuer.refusal?.(status, host) ?? refusalOf(status, host));
}

function issuerOf(accepted: Accepted): { issuer: Issuer; api: string; token: Secret } | null {
  const token = tokenOf(accepted.credential);
  if (token === null) return null;
  for (const issuer of issuers) {
    const api = issuer.apiOf(accepted, token);
    if (api !== null) return { issuer, api, token };
  }
  return null;
}

// Identity and registry tokens are made by registries, not by these issuers.
function tokenOf(credential: Credential): Secret | null {
  if (credential.kind !== 'basic') return null;
  // Anything else could end the header and begin another one.
  return /^[\x21-\x7e]{1,4096}$/.test(credential.password.reveal()) ? credential.password : null;
}

async function askOnce(
  request: Parameters<Asker['ask']>[0],
  hostname: string,
  { credential }: Accepted,
  settings: IssuerSettings,
  resolving: Resolving,
): Promise<Asked> {
  const { proxies, signal, now, pace } = settings;
  const scrubber = new Scrubber();
  for (const secret of [...secretsOf(credential), ...proxySecrets({ proxies })]) scrubber.hide(secret);
  const timeouts = { ...defaultTimeouts, ...settings.timeouts };
  const sockets = new OpenSockets();
  const host = hostname.replace(/^\[|\]$/g, '');
  let trust: Promise<Trust> | undefined;
  const roads = {
    proxies,
    timeouts,
    pace,
    signal,
    now,
    scrubber,
    resolving,
    trust: () => {
      trust ??= loadTrust(settings.trust, request.url.host);
      return trust;
    },
    onSocket: (socket: Parameters<OpenSockets['keep']>[0]) => sockets.keep(socket),
  };
  const asker = new Asker({
    roadTo: async (url) => {
      if (url.origin !== request.url.origin)
        return { road: null, failure: failure('guard', 'guarded', 'A token goes to its issuer alone.') };
      const port = url.port === '' ? 443 : Number(url.port);
      // Its own network is where it stands; which addresses no token may go to is judged all the same.
      const place = { host, kind: null };
      return roadTo({ scheme: 'https', host, port, isTrusted: false, verify: true }, place, roads);
    },
    scrubber,
    signal,
    timeoutMs: timeouts.answerMs,
    pace,
    now,
  });
  try {
    return await asker.ask(request);
  } finally {
    await asker.close();
    sockets.destroy();
  }
}

function refusalOf(status: number, host: string): string {
  if (status === 401)
    return `${host} does not take this token: it has expired, was revoked, or is no token of its own.`;
  if (status === 403) return `${host} refuses to tell its end with 403.`;
  if (status === 429) return `${host} was asked too often to tell its end now.`;
  if (status >= 500) return `${host} failed by itself with ${status} and told no end.`;
  return `${host} answers ${status} and tells no end.`;
}
