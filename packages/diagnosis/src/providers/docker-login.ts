import type { Command } from '@pull-doctor/contract/finding';
import { shellWord } from '../words/shell-word.ts';

/**
 * `docker login` that asks for the secret at the terminal: it is not shown, and stays out of the shell's history and
 * the process list.
 */
export function dockerLogin(host: string, user: string | null, secretIs: string): Command {
  const withUser = user ? ` --username ${shellWord(user)}` : '';
  return {
    command: `docker login${withUser} ${shellWord(host)}`,
    says: `Asks for ${user ? '' : 'the user name and '}${secretIs}, tries it at ${host} and stores it for the user who runs this.`,
    system: 'any',
  };
}

/** A program that prints the secret, piped into `docker login`. */
export function pipedLogin(printer: string, host: string, user: string, says: string): Command {
  return {
    command: `${printer} | docker login --username ${shellWord(user)} --password-stdin ${shellWord(host)}`,
    says,
    system: 'any',
  };
}
