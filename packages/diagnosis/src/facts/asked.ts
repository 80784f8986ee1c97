import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { ManifestAsk, TokenAsk } from '@pull-doctor/contract/evidence/registry';
import type { Exchange } from '@pull-doctor/contract/exchange';
import type { StepName } from '@pull-doctor/contract/steps';

/** Whether Docker would send a credential with this pull. */
export function asDocker(evidence: Evidence): 'signed-in' | 'anonymous' {
  return evidence.manifest?.asDocker ?? (evidence.credentials?.used ? 'signed-in' : 'anonymous');
}

/** The token request that Docker would make. */
export function dockerTokenAsk(evidence: Evidence): TokenAsk | null {
  const token = evidence.token;
  return (asDocker(evidence) === 'signed-in' ? token?.signedIn : token?.anonymous) ?? null;
}

/** The manifest request that Docker would make. */
export function dockerManifestAsk(evidence: Evidence): ManifestAsk | null {
  const manifest = evidence.manifest;
  return (asDocker(evidence) === 'signed-in' ? manifest?.signedIn : manifest?.anonymous) ?? null;
}

/** The same manifest request without a credential, where Docker would send one and both were made. */
export function anonymousManifestAsk(evidence: Evidence): ManifestAsk | null {
  return asDocker(evidence) === 'signed-in' ? (evidence.manifest?.anonymous ?? null) : null;
}

export interface Asked {
  step: StepName;
  exchange: Exchange;
}

/** The requests that Docker would make for this pull, in their order. Those made to compare are left out. */
export function askedAsDocker(evidence: Evidence): Asked[] {
  const manifest = dockerManifestAsk(evidence);
  const asked: [StepName, Exchange | null | undefined][] = [
    ['ping', evidence.ping?.exchange],
    ['token', dockerTokenAsk(evidence)?.exchange],
    // On a registry with Basic there is no token; the test of the login stands in its place.
    ['token', evidence.token?.scheme === 'basic' ? evidence.token.login?.exchange : null],
    ['manifest', manifest?.head],
    ['manifest', manifest?.get],
  ];
  return asked.flatMap(([step, exchange]) => (exchange ? [{ step, exchange }] : []));
}

/** The host of a request, with its port where the address names one; empty for what is no address. */
export function hostAsked(exchange: Exchange): string {
  // The address was redacted, so it need not parse as one any more.
  return /^[a-z]+:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(exchange.request.url)?.[1] ?? '';
}
