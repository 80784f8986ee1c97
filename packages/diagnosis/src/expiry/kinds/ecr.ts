import { ecr } from '../../providers/ecr/provider.ts';
import { ecrPublic } from '../../providers/ecr-public/provider.ts';
import { decodeJsonObject } from '../base64-json.ts';
import { ends, instant, type Reader, unknownEnd } from '../reading.ts';

const looksLike = 'ECR password';

/**
 * Amazon ECR: user `AWS`, and a password that is base64 of
 * `{"payload":"…","datakey":"…","version":"2","type":"DATA_KEY","expiration":1760000000}`, in seconds. The field is not
 * promised by AWS, so a password without it is no fault.
 */
export const readEcr: Reader = ({ registry, user, secret }) => {
  const fields = decodeJsonObject(secret);
  const isPassword =
    fields !== null &&
    ('expiration' in fields ? 'datakey' in fields || user === 'AWS' : fields.type === 'DATA_KEY');
  const isForEcr = user === 'AWS' && (ecr.owns(registry) || ecrPublic.owns(registry));
  if (!isPassword && !isForEcr) return null;
  const expiration = fields?.expiration ?? null;
  if (expiration === null)
    return unknownEnd(
      looksLike,
      'An ECR password mostly holds its end; this one holds none that can be read.',
    );
  const endsAt = instant(seconds(expiration));
  if (endsAt === null) return unknownEnd(looksLike, 'The expiration inside the password cannot be right.');
  return ends(looksLike, endsAt, null, 'expiration inside the password');
};

/** A field that nobody promised may become a text of digits. */
function seconds(expiration: unknown): unknown {
  return typeof expiration === 'string' && /^[0-9]{1,16}$/.test(expiration) ? Number(expiration) : expiration;
}
