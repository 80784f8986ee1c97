import type { CredentialSource } from '@pull-doctor/contract/evidence/credentials';
import type { ClientConfig, Environment } from './client-config.ts';
import { defaultStore } from './default-store.ts';

export type HelperChoice = { passedOver: CredentialSource[]; note: string | null } & (
  | { helper: string; place: 'credHelpers' | 'credsStore'; key: string | null }
  | { helper: null }
);

/**
 * Which helper docker asks for a key: the one of the exact key in `credHelpers`, else `credsStore`, else, in a
 * configuration without any login or helper, the platform's own. An empty name in `credHelpers` turns the store off.
 */
export async function chooseHelper(
  config: ClientConfig,
  key: string,
  env: Environment,
): Promise<HelperChoice> {
  const passedOver: CredentialSource[] = [];
  const pass = (
    place: 'credHelpers' | 'credsStore',
    state: 'absent' | 'passed-over',
    code: CredentialSource['code'],
    why: string,
    helper: string | null = null,
  ) => {
    passedOver.push({ place, key: place === 'credHelpers' ? key : null, state, code, why, helper });
  };
  const own = config.credHelpers.get(key);
  if (own) {
    if (config.credsStore)
      pass(
        'credsStore',
        'passed-over',
        'earlier-place-won',
        'credHelpers names a helper for this registry.',
        config.credsStore,
      );
    else pass('credsStore', 'absent', 'not-set', 'No store is set.');
    return { helper: own, place: 'credHelpers', key, passedOver, note: null };
  }
  if (own === '') {
    pass(
      'credHelpers',
      'passed-over',
      'no-entry',
      'The entry of this registry is empty, which turns the store off for it.',
    );
    pass(
      'credsStore',
      'passed-over',
      'earlier-place-won',
      'The empty entry in credHelpers turns it off.',
      config.credsStore,
    );
    return { helper: null, passedOver, note: null };
  }
  if (config.credHelpers.size > 0)
    pass('credHelpers', 'passed-over', 'no-entry', `It has no helper under ${key}.`);
  else pass('credHelpers', 'absent', 'not-set', 'No helpers are set.');
  if (config.credsStore)
    return { helper: config.credsStore, place: 'credsStore', key: null, passedOver, note: null };

  const holdsAny = config.credHelpers.size > 0 || config.entries.size > 0;
  const byPlatform = holdsAny ? null : await defaultStore(env);
  if (byPlatform === null) {
    pass('credsStore', 'absent', 'not-set', 'No store is set.');
    return { helper: null, passedOver, note: null };
  }
  const note = `No store is set and there is no login in the file, so docker asks docker-credential-${byPlatform}, which it found on the PATH.`;
  return { helper: byPlatform, place: 'credsStore', key: null, passedOver, note };
}
