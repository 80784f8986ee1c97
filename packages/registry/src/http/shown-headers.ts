import type { Header } from '@pull-doctor/contract/exchange';
import { redacted } from '@pull-doctor/contract/redact';
import type { RawHeaders } from './raw-headers.ts';
import type { Scrubber } from './scrub.ts';
import { shownUrl } from './shown-url.ts';

// Values that say something about a pull and hold no secret. Everything else is shown by name only.
const shownByName = new Set([
  'accept',
  'accept-encoding',
  'accept-ranges',
  'age',
  'allow',
  'cache-control',
  'cf-ray',
  'connection',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'docker-content-digest',
  'docker-distribution-api-version',
  'docker-ratelimit-source',
  'etag',
  'github-authentication-token-expiration',
  'host',
  'keep-alive',
  'last-modified',
  'oci-subject',
  'proxy-agent',
  'proxy-connection',
  'range',
  'retry-after',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  'user-agent',
  'vary',
  'via',
  'warning',
  'x-amzn-errortype',
  'x-amzn-requestid',
  'x-cache',
  'x-content-type-options',
  'x-github-request-id',
  'x-ms-correlation-request-id',
  'x-powered-by',
  'x-request-id',
  'x-retry-after',
  'x-squid-error',
]);
const shownByPrefix = ['ratelimit', 'x-ratelimit-'];
const withUrls = new Set(['www-authenticate', 'proxy-authenticate', 'location', 'link', 'content-location']);
const credentials = new Set(['authorization', 'proxy-authorization']);

const headersMax = 60;
const valueCharactersMax = 1_000;

/** Headers as evidence may hold them: by allow-list, credentials by their scheme, addresses without their secrets. */
export function shownHeaders(headers: RawHeaders, scrubber: Scrubber): Header[] {
  return headers.slice(0, headersMax).map(([name, value]) => ({
    name: scrubber.text(name, 100),
    value: shownValue(name, value, scrubber),
  }));
}

function shownValue(name: string, value: string, scrubber: Scrubber): string {
  if (credentials.has(name)) return `${/^\S{1,20}(?= )/.exec(value)?.[0] ?? ''} ${redacted}`.trim();
  if (withUrls.has(name)) return scrubber.text(shownUrlsIn(value), valueCharactersMax);
  if (shownByName.has(name) || shownByPrefix.some((prefix) => name.startsWith(prefix))) {
    return scrubber.text(value, valueCharactersMax);
  }
  return redacted;
}

function shownUrlsIn(value: string): string {
  return value
    .slice(0, valueCharactersMax * 4)
    .replace(/[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"<>,]+|(?<=^|<)\/[^\s"<>,]*/gi, shownUrl);
}
