import { type Reader, unknownEnd } from '../reading.ts';

/**
 * Robots of Harbor, by the prefix that Harbor puts before their names unless it is set otherwise. Users and their CLI
 * secrets cannot be told from those of other registries.
 */
export const readHarbor: Reader = ({ user }) => {
  if (!user?.startsWith('robot$')) return null;
  return unknownEnd(
    'Harbor robot secret',
    'It does not name its end, if it has one. An administrator of Harbor or of the project can look it up.',
  );
};
