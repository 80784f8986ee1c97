import type { Credential } from '@pull-doctor/contract/credential';
import { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { TlsEvidence } from '@pull-doctor/contract/evidence/network';
import { Secret } from '@pull-doctor/contract/secret';
import {
  type Candidate,
  openProbe,
  type Probe,
  type ProbeSettings,
  type TrustSettings,
} from '../src/probe.ts';
import type { Resolving } from '../src/reach/look-up.ts';

/** The parts of evidence that a probe gathers. */
export type Seen = Pick<
  Evidence,
  'dns' | 'tcp' | 'proxy' | 'tls' | 'ping' | 'challenge' | 'token' | 'manifest' | 'platform'
>;

export interface Options extends Partial<ProbeSettings> {
  credential?: Credential | null;
  candidates?: readonly Candidate[];
  platform?: string;
  resolving?: Resolving;
}

export const noProxy = { httpProxy: null, httpsProxy: null, noProxy: null, source: 'environment' } as const;
export const noTrust: TrustSettings = { certsDirs: [], certFile: null, certDir: null, store: 'graph-driver' };

/** Settings for an image as it is written: `127.0.0.1:5000/acme/app:1`, `ghcr.io/acme/app@sha256:…`. */
export function settingsOf(image: string, options: Partial<ProbeSettings> = {}): ProbeSettings {
  const slash = image.indexOf('/');
  const registryName = image.slice(0, slash);
  const [, host = '', port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(registryName) ?? [];
  const [rest = '', digest = null] = image.slice(slash + 1).split('@');
  const [repository = '', tag = digest ? null : 'latest'] = rest.split(':');
  return {
    host: host === 'docker.io' ? 'registry-1.docker.io' : host.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : 443,
    portGiven: port !== undefined,
    registryName,
    insecure: false,
    repository,
    tag,
    digest,
    proxies: noProxy,
    trust: noTrust,
    trustedRealmHosts: [],
    signal: AbortSignal.timeout(15_000),
    now: () => new Date(),
    ...options,
  };
}

export function basic({ user, password }: { user: string; password: string }): Credential {
  return { kind: 'basic', user, password: new Secret(password) };
}

/** Asks every step that the one before allows, as the examiner does, and checks the whole against the contract. */
export async function runProbe(image: string, options: Options = {}): Promise<Seen> {
  const probe = openProbe(settingsOf(image, options), options.resolving);
  try {
    const seen = await allSteps(probe, options);
    Evidence.partial().parse({ ...seen });
    return seen;
  } finally {
    await probe.close();
  }
}

async function allSteps(
  probe: Probe,
  { credential = null, candidates = [], platform = 'linux/amd64' }: Options,
): Promise<Seen> {
  const seen: Seen = {};
  seen.dns = await probe.dns();
  if (!seen.dns.failure) seen.tcp = await probe.tcp();
  seen.proxy = await probe.proxy();
  if (seen.dns.failure || seen.tcp?.failure || seen.proxy.failure) return seen;
  seen.tls = await probe.tls();
  if (seen.tls.failure) return seen;
  seen.ping = await probe.ping();
  if (seen.ping.isRegistry === 'no' || seen.ping.exchange.failure) return seen;
  seen.challenge = await probe.challenge();
  seen.token = await probe.token({ credential });
  Object.assign(seen, await probe.manifest({ candidates }));
  const { signedIn, anonymous } = seen.manifest ?? {};
  if (signedIn?.outcome !== 'found' && anonymous?.outcome !== 'found') return seen;
  const [os = '', architecture = '', variant = null] = platform.split('/');
  seen.platform = await probe.platform({ wanted: { os, architecture, variant }, wantedFrom: 'asked' });
  return seen;
}

/** What counts of a TLS step: how it ended, and what was wrong. */
export function tlsEnd({ tls }: { tls?: TlsEvidence | undefined }) {
  return { use: tls?.use, code: tls?.failure?.code ?? null, faults: tls?.faults };
}
