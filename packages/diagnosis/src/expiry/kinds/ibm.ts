import { ibm } from '../../providers/ibm/provider.ts';
import { endOfToken, readClaims } from '../json-web-token.ts';
import { type Reader, unknownEnd } from '../reading.ts';

/** IBM Cloud: API keys (`iamapikey`), IAM tokens (`iambearer`, before that `token`), and the entitlement key of `cp.icr.io`. */
export const readIbm: Reader = ({ registry, user, secret }) => {
  if (!ibm.owns(registry)) return null;
  switch (user) {
    case 'iamapikey':
      return unknownEnd(
        'IBM Cloud API key',
        'It does not name its end, if it has one. An administrator of the IBM Cloud account can look it up.',
      );
    case 'iambearer':
    case 'token':
      return endOfToken(
        'IBM Cloud IAM token',
        readClaims(secret),
        unknownEnd('IBM Cloud IAM token', 'The token names no end.'),
      );
    case 'cp':
      return endOfToken(
        'IBM entitlement key',
        readClaims(secret),
        unknownEnd('IBM entitlement key', 'The key names no end; the contract with IBM does.'),
      );
    default:
      return null;
  }
};
