import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One credential of a helper that works. */
export interface HelperEntry {
  username: string;
  secret: string;
}

/**
 * How a helper behaves, as a POSIX sh script (`docker-credential-NAME`); undefined mode: executable.
 *
 * Protocol: https://github.com/docker/docker-credential-helpers: the verb is the argument, `get` reads the server's
 * address from stdin and prints JSON; an error is printed to stdout with exit code 1.
 */
export interface HelperProgram {
  script: string;
  isExecutable?: boolean;
}

/** Prints the entry of the server it is asked for, and docker's own sentence for all others. */
export function workingHelper(entries: Record<string, HelperEntry>): HelperProgram {
  const cases = Object.entries(entries).map(([server, { username, secret }]) => {
    const answer = JSON.stringify({ ServerURL: server, Username: username, Secret: secret });
    return `  '${server}') printf '%s\\n' '${answer}' ;;`;
  });
  return {
    script: `#!/bin/sh
# the server may end without a line break, and then read fails although it has read
read -r server || true
case "$server" in
${cases.join('\n')}
  *) echo 'credentials not found in native keychain'; exit 1 ;;
esac
`,
  };
}

/** Helpers that do not. "missing" is no program: a name for which nothing is written. */
export const brokenHelpers = {
  /** It is there, and the file's mode forbids to run it. */
  notexecutable: { script: '#!/bin/sh\nexit 0\n', isExecutable: false },
  /** Its interpreter is not installed: exec says "no such file" although the file is there. */
  nointerpreter: { script: '#!/usr/bin/no-such-interpreter\n' },
  /** A file that is neither a script nor a program of this machine. */
  wrongformat: { script: '\x7fELF of another architecture\n' },
  /** secretservice without a desktop session. */
  nodbus: { script: "#!/bin/sh\necho 'Cannot autolaunch D-Bus without X11 $DISPLAY'\nexit 1\n" },
  /** pass before `pass init`. */
  nopass: {
    script:
      '#!/bin/sh\necho \'pass not initialized: exit status 1: Error: password store is empty. Try "pass init".\'\nexit 1\n',
  },
  /** Says why on stderr, which docker does not read. */
  crashes: { script: "#!/bin/sh\necho 'panic: runtime error: invalid memory address' >&2\nexit 2\n" },
  hangs: { script: '#!/bin/sh\nexec sleep 600\n' },
  garbage: { script: '#!/bin/sh\necho \'A new version is available! {"ServerURL":"x","Username":"ali\'\n' },
  empty: { script: '#!/bin/sh\nexit 0\n' },
  /** Works, and knows nobody. */
  notfound: { script: "#!/bin/sh\necho 'credentials not found in native keychain'\nexit 1\n" },
} satisfies Record<string, HelperProgram>;

/** Writes helpers into a folder for the PATH; the keys become `docker-credential-KEY`. */
export async function writeHelpers(folder: string, helpers: Record<string, HelperProgram>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    Object.entries(helpers).map(async ([name, { script, isExecutable = true }]) => {
      const file = join(folder, `docker-credential-${name}`);
      await writeFile(file, script);
      await chmod(file, isExecutable ? 0o755 : 0o644);
    }),
  );
}
