import { isIP } from 'node:net';
import type { RealmVerdict } from '@pull-doctor/contract/evidence/registry';
import { tokenRealmHosts } from '@pull-doctor/diagnosis/providers/providers';
import { getDomain } from 'tldts';
import { shownUrl } from '../http/shown-url.ts';
import { inSameNetwork } from '../reach/address-kind.ts';

export interface JudgedRealm {
  verdict: RealmVerdict;
  /** Where to ask for a token; null where nobody is asked. */
  url: URL | null;
  maySendCredential: boolean;
}

export interface RealmContext {
  /** The origin of the registry, as it is spoken to. */
  registry: URL;
  /** As in the reference: decides which provider it is. */
  registryName: string;
  trustedRealmHosts: readonly string[];
}

/**
 * Whether the realm of a challenge may be asked for a token, and whether it may be given the credential.
 *
 * The registry chooses the realm, and a Docker client sends it the password. So the password goes only to the registry
 * itself, to hosts of the same owner, to those that the registry's provider is known for, and to those that the
 * operator named. Any other host is asked as nobody. Where the name leads is judged by `objection`, before anything
 * is sent.
 *
 * @param objection why the host may not be gone to at all, after it was looked up; null where it may
 */
export async function judgeRealm(
  realm: string,
  context: RealmContext,
  objection: (url: URL) => Promise<string | null>,
): Promise<JudgedRealm> {
  const { registry } = context;
  const refuse = (code: RealmVerdict['code'], why: string, url: URL | null): JudgedRealm => ({
    verdict: {
      url: shownUrl(url?.href ?? realm.slice(0, 500)),
      host: url?.host ?? null,
      allowed: false,
      code,
      why,
    },
    url: null,
    maySendCredential: false,
  });
  // WHATWG's URL would take blanks and control characters, and make a path of them.
  if (realm === '' || /[\s\p{Cc}]/u.test(realm) || !URL.canParse(realm, registry.href)) {
    return refuse('not-an-address', 'The realm is no address.', null);
  }
  const url = new URL(realm, registry.href);
  url.hash = '';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refuse('not-an-address', `The realm is no web address: ${url.protocol}`, url);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('user-info', 'The realm carries a login of its own.', url);
  }
  if (url.protocol === 'http:' && registry.protocol === 'https:') {
    return refuse('not-https', 'The registry speaks https, and its realm is plain http.', url);
  }
  const circle = circleOf(url, context);
  const why = await objection(url);
  if (why) return refuse('forbidden-address', why, url);
  return {
    verdict: { url: shownUrl(url.href), host: url.host, ...circle },
    url,
    maySendCredential: circle.allowed,
  };
}

/** Whether a host is one that the operator named. A name with a dot in front stands for all hosts under it. */
export function isTrustedHost(host: string, trusted: readonly string[]): boolean {
  return trusted.some((name) => {
    const wanted = name.trim().toLowerCase();
    return wanted.startsWith('.') ? host.endsWith(wanted) : wanted !== '' && host === wanted;
  });
}

function circleOf(url: URL, context: RealmContext): Pick<RealmVerdict, 'allowed' | 'code' | 'why'> {
  const realmHost = bare(url.hostname);
  const registryHost = bare(context.registry.hostname);
  if (realmHost === registryHost || (isLoopback(realmHost) && isLoopback(registryHost))) {
    return { allowed: true, code: 'same-host', why: 'The realm is on the host of the registry.' };
  }
  if (
    isTrustedHost(realmHost, context.trustedRealmHosts) ||
    isTrustedHost(url.host, context.trustedRealmHosts)
  ) {
    return {
      allowed: true,
      code: 'trusted-by-setting',
      why: `${realmHost} is trusted by a setting of Pull Doctor.`,
    };
  }
  if (tokenRealmHosts(context.registryName).includes(realmHost)) {
    return {
      allowed: true,
      code: 'known-host',
      why: `${realmHost} is known to hand out tokens for this registry.`,
    };
  }
  if (isSameOwner(realmHost, registryHost)) {
    return { allowed: true, code: 'same-domain', why: `${realmHost} and the registry are under one domain.` };
  }
  return {
    allowed: false,
    code: 'other-domain',
    why: `${realmHost} is under another domain than the registry, and is not known for it.`,
  };
}

// Names: one registrable domain, with the private part of the Public Suffix List, so that two customers of one host
// (mine.fly.dev, other.fly.dev) are two. Addresses have no domain; the nearest thing to an owner is the network that a
// router hands out as a piece: /24, or /64 in IPv6.
function isSameOwner(one: string, other: string): boolean {
  if (isIP(one) || isIP(other)) return inSameNetwork(one, other);
  const options = { allowPrivateDomains: true };
  const domain = getDomain(one, options);
  return domain !== null && domain === getDomain(other, options);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
