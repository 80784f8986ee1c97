/** Every code that an error answer can have, with what it means: the type of all codes, and a section of /api/docs. */
export const faultCodes = {
  'not-signed-in': 'No credential was sent, or it is not valid.',
  'wrong-token': 'The token that was sent for signing in is not the admin token.',
  'used-link': 'The one-time code of a sign-in link was used before, or is older than 30 minutes.',
  'cross-site': 'A signed-in browser was made to write by a page of another site.',
  'invalid-request': 'A part of the request has not the form that the documentation shows.',
  'invalid-json': 'The body is not JSON.',
  'bad-request': 'The request cannot be read.',
  'wrong-content-type': 'The body is not sent as application/json.',
  'too-large': 'The request is larger than what is read.',
  'no-such-address': 'There is nothing at this address.',
  'no-such-diagnosis': 'There is no diagnosis with this id.',
  'no-such-attempt': 'There is no pull attempt with this id.',
  'no-such-failure': 'There is no kind of failed pulls with this fingerprint.',
  'nothing-to-keep': 'The diagnosis is of no failed pull that a text tells of.',
  'not-recorded': 'Nothing can be written to the history at the moment; what was sent is to be sent again.',
  'no-such-registry': 'No registry with this host is watched.',
  'no-such-user': 'No Docker configuration of a user with this name is watched.',
  'not-a-registry-host': 'The text names no host of a registry.',
  'checked-just-now': 'The registry was checked by hand as often as it is asked within a short time.',
  'too-many-diagnoses': 'As many diagnoses are running as run at once.',
  'not-stored': 'A diagnosis could not be written to the database.',
  'page-not-built': 'The files of the page are missing.',
  'internal-error': 'Pull Doctor failed at its own work; the log has the reason.',
} as const;

export type FaultCode = keyof typeof faultCodes;
