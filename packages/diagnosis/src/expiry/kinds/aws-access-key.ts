import { endless, type Reader, unknownEnd } from '../reading.ts';

/**
 * Access keys of AWS (`AKIA…`, with a session `ASIA…`). They are no credential of a registry: somebody took them for
 * the password of ECR, as user or as secret.
 */
export const readAwsAccessKey: Reader = ({ user, secret }) => {
  const kind = accessKey.exec(user ?? '')?.[1] ?? accessKey.exec(secret)?.[1];
  if (kind === 'AKIA')
    return endless(
      'AWS access key',
      'AWS keeps an access key until somebody deletes it. As a password, ECR does not take it.',
    );
  if (kind === 'ASIA')
    return unknownEnd(
      'temporary AWS access key',
      'It ends with its session, whose end is not in the key. As a password, ECR does not take it.',
    );
  return null;
};

// A word in capitals may start so; a key goes on for a while.
const accessKey = /^(AKIA|ASIA)[A-Z0-9]{8,}$/;
