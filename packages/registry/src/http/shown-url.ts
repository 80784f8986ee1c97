import { redacted } from '@pull-doctor/contract/redact';

// What the protocol itself puts into queries. Presigned addresses, tokens and codes are not among it.
const shownParameters = new Set([
  'service',
  'scope',
  'account',
  'client_id',
  'offline_token',
  'n',
  'last',
  'ns',
  'token-type',
  'x-amz-algorithm',
  'x-amz-date',
  'x-amz-expires',
  'expires',
]);

/** An address as evidence may hold it: no user-info, and only those values of the query that are known to be harmless. */
export function shownUrl(text: string): string {
  const [beforeFragment = ''] = text.split('#', 1);
  const queryAt = beforeFragment.indexOf('?');
  const address = (queryAt === -1 ? beforeFragment : beforeFragment.slice(0, queryAt)).replace(
    /^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i,
    `$1${redacted}@`,
  );
  if (queryAt === -1) return address;
  const query = beforeFragment
    .slice(queryAt + 1)
    .split('&')
    .map(shownParameter)
    .join('&');
  return `${address}?${query}`;
}

function shownParameter(parameter: string): string {
  const equals = parameter.indexOf('=');
  if (equals === -1) return parameter === '' ? '' : redacted;
  const name = parameter.slice(0, equals);
  return shownParameters.has(name.toLowerCase()) ? parameter : `${name}=${redacted}`;
}
