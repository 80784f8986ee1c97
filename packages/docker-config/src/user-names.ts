import os from 'node:os';
import { readFileWithin } from './file-text.ts';

/** The name of a user by number, from /etc/passwd; the number where it has none there. */
export async function userNameOf(uid: number): Promise<string> {
  const passwd = await readFileWithin('/etc/passwd', 1024 * 1024);
  const lines = passwd.outcome === 'read' ? passwd.text.split('\n') : [];
  const line = lines.map((line) => line.split(':')).find((fields) => fields[2] === String(uid));
  return line?.[0] ?? String(uid);
}

/** The user that this process runs as. */
export function whoReads(): string {
  try {
    return os.userInfo().username;
  } catch (error) {
    // a container may run as a number that /etc/passwd does not list, and then there is no name to be had
    const uid = process.geteuid?.();
    if (uid === undefined) throw error;
    return String(uid);
  }
}
