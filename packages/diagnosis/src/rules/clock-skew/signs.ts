import {
  authenticationRequired,
  certificateDates,
  certificateTooEarly,
} from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /token used before issued|token not to be used before|token (?:is )?not (?:yet valid|valid yet)|nbf claim|'iat' claim|issued in the future/,
    means: 'A fresh token looks as if it came from the future: one of two clocks is off.',
    seenIn: 'registries, token servers',
    line: 'level=error msg="token not to be used before 1451418688 or after 1451419589 - currently 1451418655"',
    weight: 'proves',
    excludes: ['credentials-expired', 'credentials-invalid', 'credentials-missing', 'access-denied'],
  },
  {
    says: /signature not yet current|signature expired: \d{8}t\d{6}z is now earlier than|requesttimetooskewed|is (?:still later|now earlier) than \d{8}t\d{6}z|request's time (?:is )?too skewed/,
    means: 'AWS compares the time of the request with its own, and they are too far apart.',
    seenIn: 'AWS CLI and SDKs',
    line: 'An error occurred (InvalidSignatureException) when calling the GetAuthorizationToken operation: Signature not yet current: 20240101T120000Z is still later than 20240101T110000Z',
    weight: 'proves',
    excludes: ['access-denied', 'credentials-missing', 'credentials-invalid'],
  },
  {
    says: /clock (?:skew|is off|drift|out of sync)|(?:system|machine|local) (?:clock|time) (?:is|may be) (?:wrong|off|out of sync|incorrect)/,
    means: 'The program itself names the clock.',
    seenIn: 'registries, cloud clients',
    line: 'error: the token could not be verified, check for clock skew between the hosts',
    weight: 'proves',
  },
  {
    says: /current time (?:19\d\d|200\d|201[0-2])-[^\n]{1,40} is before \d{4}-/,
    means: 'This machine takes a time for now at which there was no Docker yet.',
    seenIn: 'dockerd, containerd since Go 1.15',
    line: 'x509: certificate has expired or is not yet valid: current time 1970-01-01T00:03:12Z is before 2023-06-01T00:00:00Z',
    weight: 'proves',
  },
  {
    ...certificateTooEarly,
    means: 'The certificate begins after what this machine takes for now: most often its clock is behind.',
    weight: 'fits',
  },
  {
    ...certificateDates,
    means: 'A clock that is off makes a good certificate look out of date.',
    weight: 'allows',
  },
  {
    ...authenticationRequired,
    means: 'With a clock that is off, a fresh token looks as if it had ended.',
    weight: 'fits',
    when: (around) => around.isMidPull || around.client === 'registry',
  },
];
