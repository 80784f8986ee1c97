import { decodeJsonObject } from '../base64-json.ts';
import { ends, instant, type Reader, unknownEnd } from '../reading.ts';

const looksLike = 'ECR password';

/**
 * Amazon ECR: user `AWS`, and a password that is base64 of
 * `{"payload":"…","datakey":"…","version":"2","type":"DATA_KEY","expiration":1760000000}`, in seconds. The field is not
 * promised by AWS, so a password without it is no fault.
 */
export const readEcr: Reader = ({ registry, user, secret }) => {
  const isEcr = /\.dkr[.-]ecr[.-]|^public\.ecr\.aws$|^ecr-public\.aws\.com$/.test(registry);
  const fields = secret.startsWith('eyJ') ? decodeJsonObject(secret) : null;
  const isEcrPassword = fields !== null && 'expiration' in fields && ('datakey' in fields || user === 'AWS');
  if (!isEcrPassword) {
    if (!isEcr || user !== 'AWS') return null;
    return unknownEnd(
      looksLike,
      'An ECR password mostly holds its end; this one holds none that can be read.',
    );
  }
  const endsAt = instant(fields.expiration);
  if (endsAt === null) return unknownEnd(looksLike, 'The expiration inside the password cannot be right.');
  return ends(looksLike, endsAt, null, 'expiration inside the password');
};
