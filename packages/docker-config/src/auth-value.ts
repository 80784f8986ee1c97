import { Secret } from '@pull-doctor/contract/secret';

export type DecodedAuth =
  | { ok: true; user: string; password: Secret }
  | { ok: false; code: 'bad-base64' | 'no-colon'; what: string };

/**
 * Decodes the `auth` value of an entry: standard base64 with padding, of `user:password`; the first colon splits. Line
 * ends inside are fine, as they are for Go. The sentence of a failure holds nothing of the value.
 */
export function decodeAuth(value: string): DecodedAuth {
  const base64 = value.replace(/[\r\n]/g, '');
  const wrong = /[^A-Za-z0-9+/=]/.exec(base64);
  if (wrong) {
    const urlSafe = /^[A-Za-z0-9_=-]+$/.test(base64);
    const why = urlSafe
      ? 'it is base64 in its form for addresses (with - and _)'
      : 'it has characters that base64 does not have';
    return {
      ok: false,
      code: 'bad-base64',
      what: `The value of "auth" is not the base64 that Docker reads: ${why}.`,
    };
  }
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    const why = base64.includes('=') ? 'its padding is wrong' : 'it is cut short, or its padding is missing';
    return {
      ok: false,
      code: 'bad-base64',
      what: `The value of "auth" is not the base64 that Docker reads: ${why}.`,
    };
  }
  const text = Buffer.from(base64, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon > 0) {
    // configfile/file.go, decodeAuth: zero bytes around the password are dropped
    const password = text.slice(colon + 1).replace(/^\0+|\0+$/g, '');
    return { ok: true, user: text.slice(0, colon), password: new Secret(password) };
  }
  const what =
    colon === 0 ? 'there is no user name before the colon' : 'there is no colon between user and password';
  return { ok: false, code: 'no-colon', what: `In the value of "auth", decoded, ${what}.` };
}
