import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Loaded before a program (--import): stands between it and every call of the file system that it makes, whether through
 * node:fs/promises, a file handle, or one of the synchronous functions. What shall happen at which call is set by `arm`.
 */

export type AtCall =
  | { do: 'nothing' }
  | { do: 'kill'; call: number }
  /** Ends in the middle of what is written; for other calls as `kill`. */
  | { do: 'kill half-way'; call: number }
  | { do: 'fail'; call: number; errno: string }
  /** Another program replaces the file first, as `docker login` does. */
  | { do: 'replace'; call: number; file: string; text: string };

let plan: AtCall = { do: 'nothing' };
let calls: string[] | null = null;
const { writeFileSync, renameSync } = fs;

/** From now on calls are counted, and the plan is carried out at its call. */
export function arm(next: AtCall): void {
  plan = next;
  calls = [];
}

/** The calls since `arm`, in their order. */
export function disarm(): string[] {
  const made = calls ?? [];
  calls = null;
  return made;
}

/** What is done before a call; true: only half of it is to be done, and then the end. */
function before(name: string): boolean {
  if (calls === null) return false;
  calls.push(name);
  if (plan.do === 'nothing' || calls.length !== plan.call) return false;
  switch (plan.do) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return false;
    case 'kill half-way':
      if (name === 'handle.writeFile') return true;
      process.kill(process.pid, 'SIGKILL');
      return false;
    case 'replace':
      writeFileSync(`${plan.file}1234567`, plan.text, { mode: 0o600 });
      renameSync(`${plan.file}1234567`, plan.file);
      return false;
    case 'fail':
      throw Object.assign(new Error(`${plan.errno}: made up`), { code: plan.errno });
  }
}

type Callable = (...args: never[]) => unknown;

function wrap(owner: object, name: string, label: string): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') return;
  const call = original as Callable;
  const isAsync = !name.endsWith('Sync');
  Reflect.set(owner, name, function (this: unknown, ...args: never[]) {
    try {
      if (!before(label)) return call.apply(this, args);
    } catch (error) {
      // closing ends the handle whatever it answers, as close(2) does
      if (name === 'close') return Promise.resolve(call.apply(this, args)).then(() => Promise.reject(error));
      if (isAsync) return Promise.reject(error);
      throw error;
    }
    const handle = this as fs.promises.FileHandle;
    const bytes = Buffer.from(args[0] as unknown as Uint8Array);
    fs.writeSync(handle.fd, bytes.subarray(0, bytes.length / 2));
    process.kill(process.pid, 'SIGKILL');
    return undefined;
  });
}

const handle = await fs.promises.open('/dev/null', 'r');
const prototype: object = Object.getPrototypeOf(handle);
await handle.close();
for (const name of [
  'stat',
  'readFile',
  'read',
  'write',
  'writeFile',
  'sync',
  'datasync',
  'chown',
  'chmod',
  'close',
  'truncate',
])
  wrap(prototype, name, `handle.${name}`);
for (const [name, value] of Object.entries(fs.promises))
  if (typeof value === 'function') wrap(fs.promises, name, name);
for (const name of Object.keys(fs)) if (name.endsWith('Sync')) wrap(fs, name, name);
syncBuiltinESMExports();
