import type { TlsEvidence } from '@pull-doctor/contract/evidence/network';

/** Products that open TLS connections and name themselves in the certificates they make up. */
const inspectionProducts: readonly [product: string, issuer: RegExp][] = [
  ['Zscaler', /zscaler/i],
  ['Netskope', /netskope|goskope/i],
  ['Fortinet FortiGate', /fortinet|fortigate/i],
  ['Palo Alto Networks', /palo ?alto|globalprotect/i],
  ['Symantec Blue Coat', /blue ?coat|proxysg|symantec web/i],
  ['Cisco Umbrella or Secure Web Appliance', /cisco umbrella|opendns|ironport/i],
  ['Check Point', /check ?point/i],
  ['Sophos', /sophos/i],
  ['Forcepoint', /forcepoint|websense/i],
  ['Skyhigh or McAfee Web Gateway', /skyhigh|mcafee/i],
  ['Barracuda', /barracuda/i],
  ['SonicWall', /sonicwall/i],
  ['WatchGuard', /watchguard/i],
  ['iboss', /\biboss\b/i],
  ['Menlo Security', /menlo security/i],
  ['Cloudflare Gateway', /cloudflare (?:for teams|gateway|zero trust|managed)|gateway ca - cloudflare/i],
  ['Cato Networks', /cato networks/i],
  ['Trend Micro', /trend ?micro/i],
  ['Smoothwall', /smoothwall/i],
  ['Untangle', /untangle|arista ng firewall/i],
  ['Securly', /securly/i],
  ['Lightspeed', /lightspeed systems/i],
  ['Kaspersky', /kaspersky/i],
  ['ESET', /\beset\b/i],
  ['Avast or AVG', /\bavast\b|\bavg\b/i],
  ['Bitdefender', /bitdefender/i],
  ['AdGuard', /adguard/i],
  ['Squid', /\bsquid\b/i],
  ['mitmproxy', /mitmproxy/i],
  ['Charles Proxy', /charles proxy/i],
  ['Fiddler', /fiddler/i],
  ['Burp Suite', /portswigger/i],
  ['Proxyman', /proxyman/i],
];

const inspectionWords =
  /inspect|intercept|decrypt|\bmitm\b|man.in.the.middle|(?:ssl|tls|https).{0,3}(?:proxy|bump|scan)/i;

/** What is known about a certificate whose issuer may be something on the path. */
export interface Shown {
  /** Issuers of the received chain, nearest first. */
  issuers: readonly string[];
  isTrusted: boolean;
  /** Asked only for well-known services: parsing all public authorities takes 10 ms. */
  isFromPublicAuthority: () => boolean;
  /** The well-known service that has this host name; null for self-hosted registries. */
  knownService: string | null;
  /** The proxy that the connection goes through, as shown. */
  proxy: string | null;
}

/** Signs that something on the path opened the connection and shows a certificate of its own. */
export function interceptionSigns({
  issuers,
  isTrusted,
  isFromPublicAuthority,
  knownService,
  proxy,
}: Shown): TlsEvidence['interception'] {
  const why: string[] = [];
  const product = inspectionProducts.find(([, pattern]) => issuers.some((issuer) => pattern.test(issuer)));
  if (product) why.push(`The issuer names an inspection product: ${product[0]}.`);
  else if (issuers.some((issuer) => inspectionWords.test(issuer))) {
    why.push('The name of the issuer speaks of inspection.');
  }
  if (knownService && !isFromPublicAuthority()) {
    why.push(`${knownService} has a certificate of a public authority, and this one is not.`);
  }
  const suspected = why.length > 0;
  // By itself no sign: a registry with a private authority looks the same through a proxy that leaves TLS alone.
  if (proxy && !isTrusted) {
    why.push(`The connection goes through the proxy ${proxy}, and what comes back is not trusted.`);
  }
  return { suspected, why };
}
