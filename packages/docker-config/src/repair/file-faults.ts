import { type Fault, fault, way } from './fault.ts';

/** What is known of the file itself. */
export interface FileFacts {
  /** Whether there is a folder in the file's place. */
  isFolder?: boolean;
  /** Owner and permission bits as they are. */
  access?: { uid: number; gid: number; mode: number };
  /** Whose file it should be: of the user whose docker reads it. */
  owner?: { uid: number; gid: number; name: string };
}

/** The owner and mode that the file shall have; what is not named stays. */
export interface AccessChange {
  uid?: number;
  gid?: number;
  mode?: number;
}

export interface FoundFileFault {
  fault: Fault;
  access: AccessChange;
}

/** @param hasLogin whether there is a secret in the file that others should not read */
export function findFileFaults({ isFolder, access, owner }: FileFacts, hasLogin: boolean): FoundFileFault[] {
  if (isFolder)
    return [
      {
        fault: fault('is-a-folder', 'blocks', 'There is a folder where the file should be.', null, [
          way('move-aside', 'Move the folder aside, with all that is in it. Docker needs no file there.'),
        ]),
        access: {},
      },
    ];
  if (!access) return [];
  const found: FoundFileFault[] = [];
  if (owner && access.uid !== owner.uid)
    found.push({
      fault: fault(
        'wrong-owner',
        'breaks',
        `The file belongs to ${access.uid}, not to ${owner.name}, as after sudo docker login.`,
        null,
        [way('give', `Give the file to ${owner.name}.`)],
      ),
      access: { uid: owner.uid, gid: owner.gid },
    });
  const mode = octal(access.mode);
  if ((access.mode & 0o600) !== 0o600)
    found.push({
      fault: fault(
        'wrong-mode',
        'breaks',
        `The mode ${mode} keeps its owner from reading or writing the file.`,
        null,
        [way('set', 'Set the mode to 0600.')],
      ),
      access: { mode: 0o600 },
    });
  else if (hasLogin && (access.mode & 0o077) !== 0)
    found.push({
      fault: fault(
        'wrong-mode',
        'note',
        `The mode ${mode} lets others read the file, and there are logins in it.`,
        null,
        [way('set', 'Set the mode to 0600.', ['Others who read the file on purpose cannot do so any more.'])],
      ),
      access: { mode: 0o600 },
    });
  return found;
}

function octal(mode: number): string {
  return `0${(mode & 0o777).toString(8).padStart(3, '0')}`;
}
