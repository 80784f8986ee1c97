import { decodeAuth } from '../auth-value.ts';

/** A value of `auth` that Docker reads, made of one that it does not, and how sure that is. */
export interface MendedAuth {
  value: string;
  does: string;
  isSure: boolean;
}

/**
 * What a value of `auth` was meant to be, where only its form is wrong: base64 for addresses, without padding, with blanks,
 * or user and password as they are. null: what it was cannot be told.
 */
export function mendAuth(value: string): MendedAuth | null {
  if (decodeAuth(value).ok) return null;
  const bare = value.replace(/\s/g, '');
  if (/^[^:\s]+:[^\s]+$/.test(bare) && bare === value.trim() && !value.includes('://'))
    return {
      value: Buffer.from(bare, 'utf8').toString('base64'),
      does: 'Encode it: user and password stand there as they are, and Docker wants them in base64.',
      isSure: true,
    };
  const standard = bare.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]+$/.test(standard) || standard.length % 4 === 1) return null;
  const mended = standard.padEnd(Math.ceil(standard.length / 4) * 4, '=');
  if (!isLogin(mended)) return null;
  const wasPadded = bare.length === mended.length;
  return wasPadded
    ? { value: mended, does: 'Write it in the base64 that Docker reads.', isSure: true }
    : {
        value: mended,
        does: 'Add the padding. If the value was cut, the password is not whole; signing in shows it.',
        isSure: false,
      };
}

/** Whether it decodes to a user and a password that somebody could have typed. */
function isLogin(base64: string): boolean {
  if (!decodeAuth(base64).ok) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
    return !/\p{Cc}/u.test(text) && !text.endsWith(':');
  } catch {
    return false;
  }
}
