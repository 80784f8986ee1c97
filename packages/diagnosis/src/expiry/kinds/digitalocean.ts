import { digitalocean } from '../../providers/digitalocean/provider.ts';
import { type Reader, unknownEnd } from '../reading.ts';

/** DigitalOcean: an API token that is user and password both. */
export const readDigitalOcean: Reader = ({ registry, user, secret }) => {
  const isToken =
    /^do[por]_v1_/.test(secret) || (digitalocean.owns(registry) && user !== null && user === secret);
  if (!isToken) return null;
  return unknownEnd(
    'DigitalOcean token',
    'It does not name its end, if it has one. DigitalOcean names it only when the token is made.',
  );
};
