import type { TlsOptions } from 'node:tls';
import type { Certificates } from '../certificates.ts';
import { faultyRegistry } from '../faulty/faulty-registry.ts';
import {
  alwaysUnavailable,
  captivePortal,
  deadRealm,
  loginRedirect,
  neverAnswers,
  noChallenge,
  website,
} from '../faulty/whole-hosts.ts';
import type { Handler } from '../http-listener.ts';
import { acr } from '../look-alikes/acr.ts';
import { dockerHub } from '../look-alikes/docker-hub.ts';
import { ecr, ecrHost } from '../look-alikes/ecr.ts';
import { ghcr } from '../look-alikes/ghcr.ts';
import { gitea } from '../look-alikes/gitea.ts';
import { gitlab } from '../look-alikes/gitlab.ts';
import { harbor } from '../look-alikes/harbor.ts';
import { quay } from '../look-alikes/quay.ts';

/** A host of the stage that is served by a request handler. Registries, token server and proxy are started apart. */
export interface WebHost {
  /** Its placeholder, and its name in front of ".clinic.test" unless `names` says otherwise. */
  key: string;
  /** Last part of its address in a namespace, 10.77.0.N. */
  octet: number;
  handler: Handler;
  /** What it shows over TLS. "none": plain http at port 5000. */
  tls: ((certificates: Certificates) => TlsOptions) | 'none';
  names?: readonly string[];
}

export const domain = 'clinic.test';
/** Nothing listens on this port of loopback: it needs root, and nobody uses it. */
export const closedAddress = '127.0.0.1:1';

/** Addresses in the namespace of what is no web host. */
export const octets = {
  basic: 11,
  token: 12,
  login: 13,
  closed: 19,
  dropped: 20,
  proxy: 21,
  mute: 33,
  ssh: 32,
  nameServer: 53,
} as const;

const good = (certificates: Certificates): TlsOptions => certificates.good;

export function webHosts(): WebHost[] {
  const faulty = faultyRegistry();
  return [
    { key: 'faulty', octet: 18, handler: faulty, tls: good },
    { key: 'clock', octet: 22, handler: faulty, tls: good },
    { key: 'proxied', octet: 23, handler: faulty, tls: good, names: [] },
    { key: 'expired', octet: 14, handler: faulty, tls: ({ expired }) => expired },
    { key: 'early', octet: 15, handler: faulty, tls: ({ notYetValid }) => notYetValid },
    { key: 'othername', octet: 16, handler: faulty, tls: ({ wrongName }) => wrongName },
    // asked by its address, for which the certificate does not stand
    { key: 'address', octet: 24, handler: faulty, tls: ({ wrongName }) => wrongName, names: ['10.77.0.24'] },
    { key: 'selfsigned', octet: 17, handler: faulty, tls: ({ selfSigned }) => selfSigned },
    { key: 'strangeca', octet: 25, handler: faulty, tls: ({ unknownAuthority }) => unknownAuthority },
    { key: 'cnonly', octet: 26, handler: faulty, tls: ({ commonNameOnly }) => commonNameOnly },
    {
      key: 'oldtls',
      octet: 27,
      handler: faulty,
      // OpenSSL 3 offers TLS 1.1 only at security level 0
      tls: ({ good: pair }) => ({
        ...pair,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'ALL:@SECLEVEL=0',
      }),
    },
    {
      key: 'clientcert',
      octet: 28,
      handler: faulty,
      tls: ({ good: pair, authority }) => ({
        ...pair,
        ca: authority.cert,
        requestCert: true,
        rejectUnauthorized: true,
      }),
    },
    { key: 'plainhttp', octet: 29, handler: faulty, tls: 'none' },
    { key: 'website', octet: 30, handler: website, tls: good },
    { key: 'portal', octet: 31, handler: captivePortal, tls: good },
    { key: 'signin', octet: 34, handler: loginRedirect, tls: good },
    { key: 'hang', octet: 35, handler: neverAnswers, tls: good },
    { key: 'unavailable', octet: 36, handler: alwaysUnavailable, tls: good },
    { key: 'nochallenge', octet: 37, handler: noChallenge, tls: good },
    { key: 'deadrealm', octet: 38, handler: deadRealm(`https://${closedAddress}/token`), tls: good },
    {
      key: 'dockerhub',
      octet: 40,
      handler: dockerHub(),
      tls: good,
      names: ['registry-1.docker.io', 'index.docker.io', 'auth.docker.io'],
    },
    { key: 'ecr', octet: 41, handler: ecr(), tls: good, names: [ecrHost] },
    { key: 'ghcr', octet: 42, handler: ghcr(), tls: good, names: ['ghcr.io'] },
    { key: 'gitlab', octet: 43, handler: gitlab(), tls: good, names: ['registry.gitlab.com', 'gitlab.com'] },
    { key: 'harbor', octet: 44, handler: harbor(), tls: good },
    { key: 'quay', octet: 45, handler: quay(), tls: good, names: ['quay.io'] },
    { key: 'acr', octet: 46, handler: acr(), tls: good, names: ['clinic.azurecr.io'] },
    { key: 'gitea', octet: 47, handler: gitea(), tls: good },
  ];
}

export function namesOf({ key, names }: Pick<WebHost, 'key' | 'names'>): readonly string[] {
  return names ?? [`${key}.${domain}`];
}

export function namespaceAddress(octet: number): string {
  return `10.77.0.${octet}`;
}

/** Hosts that only the proxy knows; the first word is its mood. */
export const proxiedMoods = {
  works: 'works',
  'wants-login': 'wants login',
  blocked: 'blocks',
  'bad-gateway': 'bad gateway',
  unavailable: 'unavailable',
  resets: 'resets',
  hangs: 'hangs',
  inspected: 'inspects',
} as const;
