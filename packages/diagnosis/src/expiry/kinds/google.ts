import { artifactRegistry } from '../../providers/artifact-registry/provider.ts';
import { gcr } from '../../providers/gcr/provider.ts';
import { decodeJsonObject, parseJsonObject } from '../base64-json.ts';
import { type Reader, type Reading, unknownEnd } from '../reading.ts';

/** Google: an access token (`ya29.…`) that only Google can date, or the key file of a service account as a password. */
export const readGoogle: Reader = ({ registry, user, secret }) => {
  if (user === '_json_key' || user === '_json_key_base64') return readKeyFile(user, secret);
  const isTokenUser =
    tokenUsers.test(user ?? '') ||
    (user === '_token' && (artifactRegistry.owns(registry) || gcr.owns(registry)));
  if (!isTokenUser && !secret.startsWith('ya29.')) return null;
  return unknownEnd(
    'Google access token',
    'It does not name its end. Google tells it when it is asked with the token.',
  );
};

const tokenUsers = /^(?:oauth2accesstoken|_dcgcloud_token|_dcgcr_[\w.-]+_token)$/;

function readKeyFile(user: '_json_key' | '_json_key_base64', secret: string): Reading {
  const raw = parseJsonObject(secret);
  const decoded = decodeJsonObject(secret.replace(/\s+/g, ''));
  const isRaw = user === '_json_key';
  const key = isRaw ? raw : decoded;
  const fault = (what: string) => unknownEnd(null, `${what} Google refuses it, so there is no end to tell.`);
  if (key === null) {
    if (decoded) return fault('The key file is in base64, which goes with the user _json_key_base64.');
    if (raw) return fault('The key file is not in base64, which the user _json_key_base64 goes with.');
    return fault(`The password is not the key file that the user ${user} announces.`);
  }
  if (key.type !== 'service_account') return fault('The password is not the key file of a service account.');
  if (typeof key.private_key_id !== 'string' || typeof key.private_key !== 'string')
    return fault('The key file of the service account is not complete.');
  return unknownEnd(
    'Google service account key',
    'It does not name its end, and by default has none. An administrator of the Google Cloud project can look it up.',
  );
}
