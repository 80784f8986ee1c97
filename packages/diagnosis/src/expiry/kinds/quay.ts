import { quay } from '../../providers/quay/provider.ts';
import { readClaims } from '../json-web-token.ts';
import { endless, type Reader, type Reading, unknownEnd } from '../reading.ts';

const namedUsers = new Map<string | null, Reading>([
  [
    '$oauthtoken',
    unknownEnd(
      'Quay OAuth token',
      'It does not name its end, and Quay tells it to nobody who has only the token.',
    ),
  ],
  [
    '$token',
    unknownEnd(
      'Quay access token',
      'It does not name its end, and Quay tells it to nobody who has only the token.',
    ),
  ],
  [
    '$app',
    unknownEnd(
      'Quay application token',
      'It does not name its end, if it has one. Its owner finds it in the Quay account settings.',
    ),
  ],
]);

/** Quay: the secrets of robots, under any host, and the users that stand for a kind of token. */
export const readQuay: Reader = ({ registry, user, secret }) => {
  const named = namedUsers.get(user);
  if (named) return named;
  const isRobot = /^[a-z0-9_.-]+\+[a-z0-9_]+$/.test(user ?? '') && !readClaims(secret);
  // Elsewhere a user may hold a plus as well; a robot's secret has a form of its own.
  if (isRobot && (quay.owns(registry) || /^[A-Z0-9]{40,}$/.test(secret)))
    return endless('Quay robot token', 'Quay keeps a robot token until somebody makes a new one.');
  return null;
};
