/** Why a file was left as it is, in the three parts of an error. Holds nothing of what is in the file. */
export interface Refusal {
  code: RefusalCode;
  what: string;
  why: string;
  fix: string;
}

export type RefusalCode =
  | 'changed-since'
  | 'busy'
  | 'not-a-file'
  | 'too-large'
  | 'link-loop'
  | 'not-permitted'
  | 'owner-not-kept'
  | 'read-only'
  | 'no-space'
  | 'mounted-file'
  | 'other-disk'
  | 'backup-missing'
  | 'backup-changed'
  | 'failed';

/** What can be undone or done again stays a value; only mistakes in the program are thrown. */
export type Refused = { ok: false; refusal: Refusal };

/** Carries a refusal out of the steps of a change. Never leaves this folder. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export function refuse(code: RefusalCode, what: string, why: string, fix: string): never {
  throw new RefusedError({ code, what, why, fix });
}

/** Turns what went wrong into a refusal. What is no answer of the file system goes on as it is. */
export function refusedBy(error: unknown, file: string): Refused {
  if (error instanceof RefusedError) return { ok: false, refusal: error.refusal };
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error;
  return { ok: false, refusal: refusalFor(code, file) };
}

function refusalFor(errno: string, file: string): Refusal {
  const what = `${file} was not changed.`;
  switch (errno) {
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'not-permitted',
        what,
        why: 'The user that Pull Doctor runs as may not write in the folder of the file.',
        fix: 'Give it write access to the folder, or run the command yourself.',
      };
    case 'EROFS':
      return {
        code: 'read-only',
        what,
        why: 'The folder is mounted read-only.',
        fix: 'Mount it without :ro, or run the command yourself.',
      };
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'no-space',
        what,
        why: 'There is no space left on the disk of the file.',
        fix: 'Free some space and try again. Nothing was left behind.',
      };
    case 'EBUSY':
      return {
        code: 'mounted-file',
        what,
        why: 'The file itself is a mount, and a mount cannot be replaced in one step.',
        fix: 'Mount the folder that holds config.json, not the file alone.',
      };
    case 'EXDEV':
      return {
        code: 'other-disk',
        what,
        why: 'The folder spans two disks, so that the file cannot be replaced in one step.',
        fix: 'Mount the folder that holds config.json as a whole.',
      };
    case 'ELOOP':
      return {
        code: 'link-loop',
        what,
        why: 'The symbolic links on the way to it lead in a circle.',
        fix: 'Remove the link that points back.',
      };
    case 'ENOTDIR':
      return {
        code: 'not-a-file',
        what,
        why: 'A part of its path is a file where a folder should be.',
        fix: 'DOCKER_CONFIG has to name a folder.',
      };
    default:
      return {
        code: 'failed',
        what,
        why: `The file system answered ${errno}.`,
        fix: 'Look at the disk and try again. Nothing was left behind.',
      };
  }
}
