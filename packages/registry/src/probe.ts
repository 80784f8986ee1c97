import type { Credential } from '@pull-doctor/contract/credential';
import type {
  DnsEvidence,
  ProxyEvidence,
  TcpEvidence,
  TlsEvidence,
} from '@pull-doctor/contract/evidence/network';
import type {
  ChallengeEvidence,
  ManifestEvidence,
  PingEvidence,
  PlatformEvidence,
  TokenEvidence,
} from '@pull-doctor/contract/evidence/registry';
import type { Platform } from '@pull-doctor/contract/image-reference';
import type { ProbeSettings } from './settings.ts';

export type { ProbeSettings, ProxySettings, Timeouts, TrustSettings } from './settings.ts';

/**
 * One pull, asked step by step on one connection. Each step gives its part of the evidence, whatever the outcome; it
 * throws only when called in an order that cannot work (a step whose earlier steps did not succeed).
 *
 * Order: dns, tcp, proxy, tls, ping, challenge, token, manifest, platform. `proxy` is worth asking after a failed dns
 * or tcp as well: it tells whether another way leads out. A failed step ends the rest, except that a challenge which
 * cannot be answered, and any outcome of token, still lead to manifest (which then asks as anonymous).
 */
export interface Probe {
  dns(): Promise<DnsEvidence>;
  tcp(): Promise<TcpEvidence>;
  proxy(): Promise<ProxyEvidence>;
  tls(): Promise<TlsEvidence>;
  ping(): Promise<PingEvidence>;
  challenge(): Promise<ChallengeEvidence>;
  token(ask: { credential: Credential | null }): Promise<TokenEvidence>;
  /** Challenge and token are given again, as they stand after it: some of both is asked only when the manifest needs it. */
  manifest(): Promise<ManifestStep>;
  platform(ask: { wanted: Platform; wantedFrom: PlatformEvidence['wantedFrom'] }): Promise<PlatformEvidence>;
  /** Ends every connection. To be called once, whatever happened. */
  close(): Promise<void>;
}

export interface ManifestStep {
  manifest: ManifestEvidence;
  challenge: ChallengeEvidence;
  token: TokenEvidence;
}

/** Opens nothing yet: the first step does. */
export function openProbe(settings: ProbeSettings): Probe {
  throw new Error(`The probe of ${settings.registryName} is not written yet.`);
}
