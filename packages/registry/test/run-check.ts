import { CheckEvidence } from '@pull-doctor/contract/registries';
import { type CheckSettings, checkLogin, type LoginChecked } from '../src/check/check-login.ts';
import type { Resolving } from '../src/reach/look-up.ts';
import { noProxy, noTrust } from './run-probe.ts';

/** Settings for a registry that listens somewhere, under the name that it has in image names. */
export function checkSettings(
  at: { address: string; port: number; host: string },
  options: Partial<CheckSettings> = {},
): CheckSettings {
  return {
    host: at.address,
    port: at.port,
    portGiven: true,
    registryName: at.host,
    insecure: false,
    proxies: noProxy,
    trust: noTrust,
    trustedRealmHosts: [],
    signal: AbortSignal.timeout(15_000),
    now: () => new Date(),
    credential: null,
    ...options,
  };
}

/** Checks, and holds the whole against the contract. */
export async function runCheck(settings: CheckSettings, resolving?: Resolving): Promise<LoginChecked> {
  const seen = await checkLogin(settings, resolving);
  CheckEvidence.parse({
    version: 1,
    now: new Date().toISOString(),
    registry: settings.registryName,
    ...seen,
  });
  return seen;
}
