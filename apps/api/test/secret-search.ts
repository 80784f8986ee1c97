import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A text in which no secret may be, and what it is called when one is. */
export interface Haystack {
  name: string;
  text: string;
}

/**
 * Where which secret was found: plain, percent-encoded, as hexadecimal digits, or inside base64 of something longer.
 *
 * @param secrets What each is called, and its value: 12 characters at least, so that its base64 is unmistakable.
 */
export function findSecrets(secrets: Record<string, string>, haystacks: readonly Haystack[]): string[] {
  const found: string[] = [];
  for (const [secret, value] of Object.entries(secrets))
    for (const [form, needle] of formsOf(value))
      for (const { name, text } of haystacks)
        if (text.includes(needle)) found.push(`${secret}, ${form}, in ${name}`);
  return found;
}

function formsOf(secret: string): [string, string][] {
  const bytes = Buffer.from(secret);
  return [
    ['plain', secret],
    ['reversed', [...secret].reverse().join('')],
    ['percent-encoded', encodeURIComponent(secret)],
    ['hexadecimal', bytes.toString('hex')],
    ...insideBase64(bytes).flatMap((text): [string, string][] => [
      ['base64', text],
      ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')],
    ]),
  ];
}

/** Three bytes make four characters, so a secret inside a longer text can begin in three ways. */
function insideBase64(secret: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), secret])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters depend on what stands around the secret.
    return text.slice(before === 0 ? 0 : before + 1, (before + secret.length) % 3 === 0 ? undefined : -1);
  });
}

/** Every row of every table, as JSON: in the file itself a long text is cut into pages. */
export function databaseRows(file: string): Haystack[] {
  if (!existsSync(file)) throw new Error(`there is no database ${file}`);
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    return tables.map(({ name }) => ({
      name: `table ${name}`,
      text: JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all()),
    }));
  } finally {
    database.close();
  }
}

/** The files of a folder as they are, with their write-ahead log. */
export function asHaystacks(files: readonly { name: string; bytes: Buffer }[]): Haystack[] {
  return files.map(({ name, bytes }) => ({ name: path.basename(name), text: bytes.toString('latin1') }));
}
