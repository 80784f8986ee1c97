import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { carefulWrite, type FileChange } from '../careful-write.ts';
import { undoChange } from '../undo.ts';
import { type AtCall, arm, disarm } from './files-hook.ts';

/*
 * A program for the tests: carries out the tasks that it is given as JSON in its first argument, one after the other, and
 * prints for each what came of it and the calls that it made. With `wait` as its second, it begins when it is told to.
 */

export type Task = { at: AtCall } & (
  | { do: 'apply'; file: string; expected: string | null; text: string; mode?: number }
  | { do: 'undo'; change: FileChange }
);

export interface TaskDone {
  result: Awaited<ReturnType<typeof carefulWrite | typeof undoChange>>;
  calls: string[];
}

const now = new Date('2026-11-24T14:31:31.000Z');
const [given = '[]', waits] = process.argv.slice(2);
const tasks: Task[] = JSON.parse(given.startsWith('/') ? readFileSync(given, 'utf8') : given);
if (waits === 'wait') {
  // the thread that makes the calls is there from the first one on
  await stat('/');
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  process.stdin.destroy();
}
const done: TaskDone[] = [];
for (const task of tasks) {
  arm(task.at);
  const result =
    task.do === 'undo'
      ? await undoChange(task.change, { now })
      : await carefulWrite({
          file: task.file,
          expected: task.expected,
          bytes: Buffer.from(task.text),
          ...(task.mode === undefined ? {} : { access: { mode: task.mode } }),
          now,
        });
  done.push({ result, calls: disarm() });
}
process.stdout.write(JSON.stringify(done));
