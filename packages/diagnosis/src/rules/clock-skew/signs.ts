import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /token used before issued|Signature not yet current/i,
    seenIn: 'registries, AWS CLI',
    line: 'An error occurred (InvalidSignatureException) when calling the GetAuthorizationToken operation: Signature not yet current: 20240101T120000Z is still later than 20240101T110000Z',
    weight: 'proves',
  },
  {
    says: /unauthorized: authentication required/,
    seenIn: 'dockerd',
    line: 'unauthorized: authentication required',
    weight: 'fits',
  },
];
