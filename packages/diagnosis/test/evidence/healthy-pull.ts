import type { CredentialsEvidence, UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { ProxyEvidence, TcpEvidence, TlsEvidence } from '@pull-doctor/contract/evidence/network';
import type { ManifestAsk, TokenAsk } from '@pull-doctor/contract/evidence/registry';
import type { RegistryError } from '@pull-doctor/contract/exchange';
import { answered, now } from './exchange.ts';

export interface PullOptions {
  /** The registry, as in the reference. */
  host?: string;
  repository?: string;
  tag?: string;
  digest?: string;
  /** Who is signed in; nobody by default. */
  user?: string | null;
  scheme?: 'bearer' | 'basic' | 'none';
}

export const manifestDigest = `sha256:${'3f2a'.repeat(16)}`;
const otherDigest = `sha256:${'77'.repeat(32)}`;
export const layerDigest = `sha256:${'5c'.repeat(32)}`;

type Parts = Omit<Evidence, 'version' | 'now' | 'input' | 'vantage' | 'notSeen' | 'pull'>;

/** Every part of the evidence of a pull that works. */
export function healthyParts(options: PullOptions): Parts {
  const host = options.host ?? 'registry.corp.example';
  const repository = options.repository ?? 'team/app';
  const tag = options.digest ? null : (options.tag ?? '1.0');
  const user = options.user ?? null;
  const scheme = options.scheme ?? 'bearer';
  const asDocker = user ? 'signed-in' : 'anonymous';
  const wanted = options.digest ?? tag ?? 'latest';
  const name = host.replace(/:\d+$/, '');
  const isHub = host === 'docker.io';
  const familiar = `${isHub ? repository.replace(/^library\//, '') : `${host}/${repository}`}:${tag ?? ''}`;
  return {
    reference: {
      text: familiar,
      reference: { registry: host, repository, tag, digest: options.digest ?? null },
      fault: null,
      familiar,
      canonical: `${host}/${repository}:${tag ?? ''}`,
      endpoint: {
        host: isHub ? 'registry-1.docker.io' : name,
        port: Number(/:(\d+)$/.exec(host)?.[1] ?? 443),
        insecure: false,
        insecureWhy: 'It is not among the insecure registries of the daemon.',
      },
    },
    credentials: user ? storedLogin(host, user) : noLogin(host),
    dns: {
      host: name,
      how: 'lookup',
      addresses: [{ address: '10.0.0.5', family: 4 }],
      servers: ['10.0.0.53'],
      failure: null,
      ms: 3,
    },
    tcp: connected(),
    proxy: noProxy(),
    tls: trusted(name),
    ping: {
      endpoint: `https://${name}`,
      exchange: answered(scheme === 'none' ? 200 : 401),
      isRegistry: 'yes',
      why: 'It sends Docker-Distribution-Api-Version: registry/2.0.',
      apiVersionHeader: true,
      server: null,
      provider: null,
      clockOffsetSeconds: 0,
    },
    challenge: challenged(scheme, name),
    token: {
      scheme,
      signedIn: user && scheme === 'bearer' ? tokenAsk(200) : null,
      anonymous: scheme === 'bearer' ? tokenAsk(200) : null,
      login: user
        ? {
            outcome: 'accepted',
            why: 'It was answered 200.',
            exchange: answered(200, { credential: 'basic' }),
            errors: [],
          }
        : null,
    },
    manifest: {
      wanted,
      asDocker,
      signedIn: user ? manifestAsk(200) : null,
      anonymous: user ? null : manifestAsk(200, { as: 'anonymous' }),
      repository: { exists: 'yes', why: 'The manifest is there.' },
      tags: null,
      suggestions: [],
      rateLimit: null,
      body: imageBody(),
      bodyNotRead: null,
    },
    platform: {
      wanted: { os: 'linux', architecture: 'amd64', variant: null },
      wantedFrom: 'daemon',
      available: [{ os: 'linux', architecture: 'amd64', variant: null }],
      chosen: { os: 'linux', architecture: 'amd64', variant: null },
      fits: 'yes',
      kind: 'image',
      why: 'The image is for linux/amd64.',
      image: imageBody(),
    },
    daemon: runningDaemon(),
  };
}

export function imageBody(): NonNullable<NonNullable<Evidence['manifest']>['body']> {
  return {
    kind: 'image',
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    digestComputed: manifestDigest,
    digestMatches: true,
    bytes: 528,
    why: null,
    platforms: [],
    image: {
      digest: manifestDigest,
      configDigest: otherDigest,
      configMediaType: 'application/vnd.docker.container.image.v1+json',
      artifactType: null,
      platform: { os: 'linux', architecture: 'amd64', variant: null },
      configBytes: 1_400,
      layers: [
        {
          digest: layerDigest,
          mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
          size: 2_100_000,
          there: 'yes',
          form: 'gzip',
        },
      ],
      compressedBytes: 2_100_000,
    },
  };
}

export function storedLogin(
  host: string,
  user: string,
  used: Partial<UsedCredential> = {},
): CredentialsEvidence {
  return {
    ...noLogin(host),
    file: { ...noLogin(host).file, state: 'read' },
    used: {
      place: 'auths',
      key: host,
      kind: 'basic',
      user,
      helper: null,
      secretLength: 20,
      looksLike: null,
      expiry: {
        state: 'unknown',
        endsAt: null,
        issuedAt: null,
        source: 'The password does not tell its end.',
      },
      ...used,
    },
  };
}

export function noLogin(host: string): CredentialsEvidence {
  return {
    lookupKey: host === 'docker.io' ? 'https://index.docker.io/v1/' : host,
    file: {
      path: '/home/deploy/.docker/config.json',
      state: 'read',
      faults: [],
      owner: 'deploy',
      mode: '0600',
      readAs: 'deploy',
    },
    environment: { state: 'not-set', what: null },
    sources: [],
    used: null,
    helper: null,
    deadEntries: [],
    notes: [],
  };
}

function connected(): TcpEvidence {
  return {
    target: 'registry',
    tried: [{ address: '10.0.0.5', port: 443, failure: null, ms: 3 }],
    connectedTo: '10.0.0.5:443',
    failure: null,
    plainHttp: null,
    ms: 3,
  };
}

function noProxy(): ProxyEvidence {
  return {
    use: 'none',
    why: 'Neither the daemon nor its environment names a proxy.',
    address: null,
    source: null,
    scheme: null,
    hasLogin: false,
    connect: null,
    failure: null,
    otherVantage: null,
    ms: 0,
  };
}

export function trusted(serverName: string): TlsEvidence {
  return {
    use: 'verified',
    serverName,
    protocol: 'TLSv1.3',
    chain: [
      {
        subject: `CN=${serverName}`,
        issuer: 'CN=Corp CA',
        names: [`DNS:${serverName}`],
        notBefore: '2026-01-01T00:00:00.000Z',
        notAfter: '2027-03-02T00:00:00.000Z',
        sha256: 'AA:BB',
        selfSigned: false,
        isCa: false,
      },
    ],
    faults: [],
    failure: null,
    trust: { sources: ['/etc/ssl/certs'], authorities: 140, notes: [] },
    clientCertificate: 'not-asked',
    interception: { suspected: false, why: [] },
    plain: null,
    ms: 9,
  };
}

function challenged(scheme: 'bearer' | 'basic' | 'none', host: string): NonNullable<Evidence['challenge']> {
  if (scheme === 'none') return { from: 'none', challenges: [], chosen: null, realm: null, fault: null };
  const challenge = {
    scheme,
    realm: scheme === 'basic' ? 'Registry' : `https://${host}/token`,
    service: host,
    scope: null,
    error: null,
  };
  return {
    from: 'ping',
    challenges: [challenge],
    chosen: challenge,
    realm:
      scheme === 'basic'
        ? null
        : {
            url: `https://${host}/token`,
            host,
            allowed: true,
            code: 'same-host',
            why: 'It is the registry itself.',
          },
    fault: null,
  };
}

export interface AskOptions {
  as?: 'signed-in' | 'anonymous';
  code?: string;
  message?: string;
  challengeError?: string;
}

/** The request for the manifest, with the answer's status deciding its outcome. */
export function manifestAsk(status: number, options: AskOptions = {}): ManifestAsk {
  const errors = errorsOf(options);
  const as = options.as ?? 'signed-in';
  const credential = as === 'signed-in' ? 'bearer' : 'anonymous-bearer';
  const url = 'https://registry.corp.example/v2/team/app/manifests/1.0';
  return {
    as,
    head: answered(status, { method: 'HEAD', url, credential }),
    get: status >= 400 ? answered(status, { url, credential, errors }) : null,
    outcome: outcomeOf(status),
    status,
    errors,
    challengeError: options.challengeError ?? null,
    mediaType: status === 200 ? 'application/vnd.docker.distribution.manifest.v2+json' : null,
    digest: status === 200 ? manifestDigest : null,
  };
}

function outcomeOf(status: number): ManifestAsk['outcome'] {
  if (status === 200) return 'found';
  if (status === 401) return 'unauthorized';
  if (status === 403 || status === 412) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'server-error' : 'unusable';
}

/** The request for a token. */
export function tokenAsk(
  status: number,
  options: AskOptions & { token?: Partial<TokenAsk['token']> } = {},
): TokenAsk {
  const errors = errorsOf(options);
  return {
    exchange: answered(status, { url: 'https://auth.corp.example/token', errors }),
    outcome: status === 200 ? 'granted' : 'refused',
    why: null,
    errors,
    token:
      status === 200
        ? {
            form: 'jwt',
            issuedAt: now,
            notBefore: now,
            expiresAt: inSeconds(60),
            grants: null,
            ...options.token,
          }
        : null,
  };
}

function errorsOf({ code, message }: AskOptions): RegistryError[] {
  return code || message ? [{ code: code ?? 'UNAUTHORIZED', message: message ?? '' }] : [];
}

/** `now` and this many seconds. */
export function inSeconds(seconds: number): string {
  return new Date(Date.parse(now) + seconds * 1000).toISOString();
}

export function runningDaemon(info: Partial<NonNullable<DaemonEvidence['info']>> = {}): DaemonEvidence {
  return {
    address: 'unix:///var/run/docker.sock',
    addressFrom: 'the default',
    reached: true,
    failure: null,
    info: {
      name: 'build-01',
      version: '28.5.2',
      apiVersion: '1.51',
      os: 'linux',
      architecture: 'amd64',
      store: 'graph-driver',
      mirrors: [],
      insecureRegistries: ['127.0.0.0/8'],
      httpProxy: null,
      httpsProxy: null,
      noProxy: null,
      rootDir: '/var/lib/docker',
      variant: 'engine',
      warnings: [],
      clockOffsetSeconds: 0,
      ...info,
    },
    disk: { path: '/var/lib/docker', freeBytes: 14_000_000_000, totalBytes: 100_000_000_000 },
    diskUnknown: null,
    localImage: { present: false, id: null, digests: [] },
    similarLocal: [],
    log: { state: 'not-configured', what: 'No log is configured.', lines: [] },
    ms: 12,
  };
}
