import { redacted } from '@pull-doctor/contract/redact';
import { Secret } from '@pull-doctor/contract/secret';

export interface ProxyServer {
  scheme: 'http' | 'https' | 'socks5' | 'other';
  host: string;
  port: number;
  /** What it is told; null where it wants none, or where the login is not known. */
  login: { user: string; password: Secret } | null;
  /** The same as value of Proxy-Authorization. */
  authorization: Secret | null;
  hasLogin: boolean;
  /** The daemon shows its proxies' logins as `xxxxx:xxxxx`: it has one, and it is not known here. */
  loginIsMasked: boolean;
  /** As it may be shown. */
  shown: string;
}

const ports: Record<string, number> = { 'http:': 80, 'https:': 443, 'socks5:': 1080, 'socks5h:': 1080 };

/** Reads the value of HTTP_PROXY or HTTPS_PROXY as Go does: a value without a scheme means http. */
export function parseProxy(value: string): ProxyServer | null {
  const url = readUrl(value) ?? readUrl(`http://${value}`);
  if (!url) return null;
  const user = decode(url.username);
  const password = decode(url.password);
  const hasLogin = url.username !== '' || url.password !== '';
  const loginIsMasked = hasLogin && /^x{5}$/.test(user) && /^x{5}$/.test(password);
  const isKnown = hasLogin && !loginIsMasked;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const scheme = schemeOf(url.protocol);
  const shownLogin = hasLogin ? `${loginIsMasked ? redacted : url.username}:${redacted}@` : '';
  return {
    scheme,
    host,
    port: url.port === '' ? (ports[url.protocol] ?? 80) : Number(url.port),
    login: isKnown ? { user, password: new Secret(password) } : null,
    authorization: isKnown
      ? new Secret(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`)
      : null,
    hasLogin,
    loginIsMasked,
    shown: `${url.protocol}//${shownLogin}${url.host}`,
  };
}

function readUrl(value: string): URL | null {
  // "proxy:3128" is a valid URL with the scheme "proxy:" and no host, to WHATWG as to Go.
  const url = URL.canParse(value) ? new URL(value) : null;
  return url && url.hostname !== '' ? url : null;
}

function schemeOf(protocol: string): ProxyServer['scheme'] {
  switch (protocol) {
    case 'http:':
      return 'http';
    case 'https:':
      return 'https';
    case 'socks5:':
    case 'socks5h:':
      return 'socks5';
    default:
      return 'other';
  }
}

// A login with a bare "%" is a mistake in the setting; Go refuses such a URL, the raw text is the next best guess.
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
