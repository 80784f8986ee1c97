import { scaleway } from '../../providers/scaleway/provider.ts';
import { type Reader, unknownEnd } from '../reading.ts';

/** Scaleway: the secret key of an API key, a UUID; any user goes with it. */
export const readScaleway: Reader = ({ registry, kind }) => {
  if (!scaleway.owns(registry) || kind !== 'basic') return null;
  return unknownEnd(
    'Scaleway secret key',
    'It does not name its end, if it has one. An administrator of the Scaleway organization can look it up.',
  );
};
