import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '@pull-doctor/contract/secret';

/** The bearer token for programs: compared by hash in constant time, never printed. */
export interface AdminToken {
  matches(text: string): boolean;
  /** The file that holds it, or null where the environment gave it. */
  file: string | null;
}

const charactersMin = 32;

/**
 * The token of the setting, or the one that is kept in the data folder; made there once, with mode 0600, where
 * neither exists.
 *
 * @throws when the file cannot be read or written, or holds less than 32 characters.
 */
export function loadAdminToken(setting: string, dataFolder: string): AdminToken {
  if (setting) return adminToken(new Secret(setting), null);
  const file = path.join(dataFolder, 'admin-token');
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  const text = readFileSync(file, 'utf8').trim();
  if (text.length < charactersMin)
    throw new Error(
      `${file} holds ${text.length} characters; ${charactersMin} are needed. Delete it to have a new one made.`,
    );
  return adminToken(new Secret(text), file);
}

function adminToken(secret: Secret, file: string | null): AdminToken {
  return { file, matches: tokenMatcher(secret) };
}

/** Compares a token with what was sent, by hash in constant time. */
export function tokenMatcher(secret: Secret): AdminToken['matches'] {
  const digest = sha256(secret.reveal());
  return (text) => timingSafeEqual(sha256(text), digest);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
