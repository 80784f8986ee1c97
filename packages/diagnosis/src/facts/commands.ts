import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Command } from '@pull-doctor/contract/finding';
import { shellWord } from '../words/shell-word.ts';
import { hostName, subjectOf } from './subject.ts';

/** The commands that sign in to this pull's registry, as its provider wants it. */
export function signInCommands(evidence: Evidence): Command[] {
  const { host, repository, provider } = subjectOf(evidence);
  return provider.signIn({ host, repository, user: storedUser(evidence) });
}

/** The user of the stored login, where it is a name that a person can sign in with again. */
function storedUser({ credentials }: Evidence): string | null {
  const used = credentials?.used;
  const isName = used?.kind === 'basic' && used.user !== '<token>';
  return isName ? used.user : null;
}

export function logoutCommand(evidence: Evidence): Command {
  const { host } = subjectOf(evidence);
  // Docker Hub's login is stored under an address that nobody types: without an argument, docker logout finds it.
  const argument = host === 'docker.io' ? '' : ` ${shellWord(host)}`;
  return {
    command: `docker logout${argument}`,
    says: 'Removes the stored login, so that Docker asks without one. Run it as the user who pulls.',
    system: 'any',
  };
}

export function pullCommand(image: string, says: string): Command {
  return { command: `docker pull ${shellWord(image)}`, says, system: 'any' };
}

/** A command on the Docker host, which may not be where the page is read. */
export function onHost(
  evidence: Evidence,
  system: Command['system'],
  command: string,
  says: string,
): Command {
  return { command, says: `On ${hostName(evidence)}: ${says}`, system };
}
