import { decodeJsonObject } from './base64-json.ts';
import { instant } from './reading.ts';

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
