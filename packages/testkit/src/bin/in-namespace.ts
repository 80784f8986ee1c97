import { spawnSync } from 'node:child_process';
import { outsideVariable, runInNamespace, whyNoNamespace } from '../namespace.ts';

/*
 * in-namespace.ts [--or-outside] COMMAND ...
 *
 * Exits with the command's code; 2 and one line that says why where no namespace can be made. With --or-outside the
 * command then runs outside, and finds the reason in PULL_DOCTOR_NAMESPACE_UNAVAILABLE, to skip by that name.
 */
const mayRunOutside = process.argv[2] === '--or-outside';
const command = process.argv.slice(mayRunOutside ? 3 : 2);
if (command.length === 0) {
  console.error('usage: in-namespace.ts [--or-outside] COMMAND ...');
  process.exit(2);
}

const reason = whyNoNamespace();
if (reason === undefined) process.exit(await runInNamespace(command));

console.error(`no namespace: ${reason}`);
if (!mayRunOutside) process.exit(2);
const [program = '', ...rest] = command;
const { status } = spawnSync(program, rest, {
  stdio: 'inherit',
  env: { ...process.env, [outsideVariable]: reason },
});
process.exit(status ?? 1);
