import { decodeJsonObject } from './base64-json.ts';
import { ends, instant, type Reading, unknownEnd } from './reading.ts';

/** What a JSON web token says about itself (RFC 7519, section 4.1). */
export interface TokenClaims {
  issuer: string | null;
  endsAt: string | null;
  issuedAt: string | null;
  /** Whether there is an `exp` at all; with `endsAt` null it is one that cannot be right. */
  hasEnd: boolean;
  all: Readonly<Record<string, unknown>>;
}

/**
 * The claims of a JSON web token; null where the text is none. Decodes only: to show when a token ends, nobody has to
 * trust it, so no signature is checked.
 */
export function readClaims(token: string): TokenClaims | null {
  const parts = token.split('.');
  const [header, payload] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || !header.startsWith('eyJ'))
    return null;
  const all = decodeJsonObject(payload);
  if (all === null) return null;
  return {
    issuer: typeof all.iss === 'string' ? all.iss : null,
    endsAt: instant(all.exp),
    issuedAt: instant(all.iat),
    hasEnd: all.exp !== undefined && all.exp !== null,
    all,
  };
}

/**
 * The end of a token whose `exp` is known to be its own.
 *
 * @param claims null: it should be a JSON web token and is none
 * @param withoutExp what it means where the token names no end
 */
export function endOfToken(looksLike: string, claims: TokenClaims | null, withoutExp: Reading): Reading {
  if (claims === null) return unknownEnd(looksLike, 'It cannot be decoded, so its end cannot be read.');
  if (claims.endsAt !== null) return ends(looksLike, claims.endsAt, claims.issuedAt, 'exp of the token');
  return claims.hasEnd ? unknownEnd(looksLike, 'The exp of the token cannot be right.') : withoutExp;
}
