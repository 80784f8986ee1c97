import type { Credential } from '@pull-doctor/contract/credential';
import type { TokenEvidence } from '@pull-doctor/contract/evidence/registry';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { openProbe, type Probe } from '../probe.ts';
import { type Resolving, systemResolving } from '../reach/look-up.ts';
import type { ProbeSettings } from '../settings.ts';
import { isDockerHub } from './docker-hub-pulls.ts';
import { rateLimitOfCheck } from './rate-limit-of-check.ts';

/** As for a probe, without an image. */
export type CheckSettings = Omit<ProbeSettings, 'repository' | 'tag' | 'digest'> & {
  /** What Docker would send; null where it has nothing. */
  credential: Credential | null;
};

/** What a check of one registry sees, layer by layer; a layer that was not asked is absent. */
export type LoginChecked = Omit<CheckEvidence, 'version' | 'now' | 'registry' | 'credentials' | 'issuerEnd'>;

/**
 * Asks one registry how it is reached and whether it takes this credential: the steps of a probe as far as the login,
 * for no repository. No manifest is fetched, so that it costs nobody a pull; Docker Hub is asked how many are left by
 * HEAD, which it does not count.
 *
 * A registry that does not want to be asked now, or fails by itself, is not asked further. Whatever the outcome, it is
 * evidence; nothing is thrown.
 *
 * @param resolving how names are looked up; the system's way unless told
 */
export async function checkLogin(
  { credential, ...settings }: CheckSettings,
  resolving: Resolving = systemResolving,
): Promise<LoginChecked> {
  // No step of a check asks for the image; only a repository can be the place of one.
  const probe = openProbe({ ...settings, repository: 'none/asked', tag: null, digest: null }, resolving);
  const { signal, now } = settings;
  const seen: LoginChecked = {};
  try {
    const isOpen = await reach(probe, seen, signal);
    const pullsLeft = isOpen ? await askWhoAndHowMuch(probe, seen, credential, settings) : null;
    const { ping, token } = seen;
    const exchanges = [
      ping?.exchange,
      token?.login?.exchange,
      token?.anonymous?.exchange,
      token?.signedIn?.exchange,
    ];
    if (ping) seen.rateLimit = rateLimitOfCheck(exchanges, pullsLeft, now());
    if (signal.aborted) seen.cutOff = whyCutOff(signal);
    return seen;
  } finally {
    await probe.close();
  }
}

/** The way to the registry and its answer to the ping. Whether there is any sense in asking it further. */
async function reach(probe: Probe, seen: LoginChecked, signal: AbortSignal): Promise<boolean> {
  seen.dns = await probe.dns();
  if (signal.aborted) return false;
  if (!seen.dns.failure) seen.tcp = await probe.tcp();
  if (signal.aborted) return false;
  seen.proxy = await probe.proxy();
  if (signal.aborted || seen.dns.failure || seen.tcp?.failure || seen.proxy.failure) return false;
  seen.tls = await probe.tls();
  if (signal.aborted || seen.tls.use === 'failed') return false;
  seen.ping = await probe.ping();
  const status = seen.ping.exchange.answer?.status ?? null;
  if (signal.aborted || status === null || seen.ping.isRegistry === 'no') return false;
  return status !== 429 && status < 500;
}

/** @returns what Docker Hub said of the pulls that are left */
async function askWhoAndHowMuch(
  probe: Probe,
  seen: LoginChecked,
  credential: Credential | null,
  { registryName, signal }: Pick<ProbeSettings, 'registryName' | 'signal'>,
) {
  seen.challenge = await probe.challenge();
  // Refused without a word on how to sign in: it does ask who one is, but nothing can be answered.
  const isOpen = seen.ping?.exchange.answer?.status === 200;
  if (signal.aborted || (seen.challenge.chosen === null && !isOpen)) return null;
  const token = await probe.login({ credential });
  seen.token = token;
  if (signal.aborted || !isDockerHub(registryName) || !mayAskFurther(token, credential)) return null;
  const { rateLimit, token: after } = await probe.pullsLeft();
  // Where this did not work it says nothing of the login.
  seen.token = {
    ...after,
    signedIn: granted(after.signedIn) ?? token.signedIn,
    anonymous: granted(after.anonymous) ?? token.anonymous,
  };
  return rateLimit;
}

/** A credential that is not taken is not sent once more: accounts are locked for less. */
function mayAskFurther({ scheme, login }: TokenEvidence, credential: Credential | null): boolean {
  if (scheme !== 'bearer') return false;
  return credential === null || credential.kind === 'registry-token' || login?.outcome === 'accepted';
}

function granted(ask: TokenEvidence['signedIn']): TokenEvidence['signedIn'] {
  return ask?.outcome === 'granted' ? ask : null;
}

function whyCutOff({ reason }: AbortSignal): string {
  return reason instanceof Error && reason.name === 'TimeoutError'
    ? 'The time of the check was over.'
    : 'The check was stopped.';
}
