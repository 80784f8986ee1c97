import type { Credential } from '@pull-doctor/contract/credential';
import { Secret } from '@pull-doctor/contract/secret';
import { parseProxy } from '../reach/proxy-address.ts';
import type { ProbeSettings } from '../settings.ts';

/** The secret itself, and the pair that Basic makes of it: an answer may quote either. */
export function secretsOf(credential: Credential): Secret[] {
  if (credential.kind !== 'basic') return [credential.token, new Secret(`:${credential.token.reveal()}`)];
  return [credential.password, new Secret(`${credential.user}:${credential.password.reveal()}`)];
}

/** Of the logins that stand in the addresses of proxies. */
export function proxySecrets({
  proxies,
  ownProxies,
}: Pick<ProbeSettings, 'proxies' | 'ownProxies'>): Secret[] {
  const values = [proxies, ownProxies].flatMap((one) => [one?.httpProxy, one?.httpsProxy]);
  return values.flatMap((value) => {
    const login = value ? parseProxy(value)?.login : null;
    return login ? [login.password, new Secret(`${login.user}:${login.password.reveal()}`)] : [];
  });
}
