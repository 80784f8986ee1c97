import { decodeJsonObject, parseJsonObject } from '../base64-json.ts';
import { type Reader, unknownEnd } from '../reading.ts';

const tokenUsers = /^(?:oauth2accesstoken|_token|_dcgcloud_token|_dcgcr_[0-9_]+_token)$/;

/** Google: an access token (`ya29.…`) that only Google can date, or the key file of a service account as a password. */
export const readGoogle: Reader = ({ user, secret }) => {
  if (user === '_json_key' || user === '_json_key_base64') {
    const key = user === '_json_key' ? parseJsonObject(secret) : decodeJsonObject(secret.replace(/\s+/g, ''));
    if (key?.type === 'service_account')
      return unknownEnd(
        'Google service account key',
        'Its end is known to Google only; by default it has none.',
      );
    return unknownEnd(null, `The password is not the key file that the user ${user} announces.`);
  }
  if (!secret.startsWith('ya29.') && !(user !== null && tokenUsers.test(user))) return null;
  return unknownEnd('Google access token', 'It does not say when it ends; Google tells when asked.');
};
