import type { Handler } from '../http-listener.ts';
import { answer, answerError, answerPing } from '../registry-answer.ts';

export type CredentialTrap = keyof typeof credentialTraps;

const challenged = (challenge: string): Handler => {
  return (_, response) =>
    answerError(response, 401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': challenge });
};

const bearer = (realm: string) => challenged(`Bearer realm="${realm}",service="trap"`);

/** Asks for Basic, and sends whoever brings it elsewhere: at the ping, or at the manifest. */
const redirects = (when: 'ping' | 'manifest', target: string): Handler => {
  return (request, response) => {
    if (!request.headers.authorization) return challenged('Basic realm="trap"')(request, response);
    const isPing = request.url === '/v2/';
    if (isPing && when === 'manifest') return answerPing(response);
    answer(response, 307, 'text/plain', '', { location: `${target}${request.url}` });
  };
};

/** Registries that try to have a credential sent where it must not go. The argument is the collector's URL. */
export const credentialTraps = {
  'ping redirects to another host': (collector) => redirects('ping', collector),
  'manifest redirects to another host': (collector) => redirects('manifest', collector),
  'realm on another host': (collector) => bearer(`${collector}/token`),
  'realm over plain http': (collector) => bearer(`${collector.replace('https:', 'http:')}/token`),
  'realm on loopback': () => bearer('https://localhost:1/token'),
  'realm at the metadata address': () => bearer('http://169.254.169.254/latest/meta-data/'),
  'realm at the metadata address, mapped to IPv6': () =>
    bearer('http://[::ffff:169.254.169.254]/latest/meta-data/'),
  'realm at loopback, mapped to IPv6': () => bearer('https://[::ffff:127.0.0.1]:1/token'),
  'realm at loopback, as one number': () => bearer('http://2130706433/token'),
  'realm with a login in it': (collector) => bearer(`${collector.replace('://', '://admin:admin@')}/token`),
  'realm is a file': () => bearer('file:///etc/passwd'),
  'realm is no URL': () => bearer('token please'),
} satisfies Record<string, (collector: string) => Handler>;
