import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startChild } from '../src/child-process.ts';

const module = new URL('../src/child-process.ts', import.meta.url).href;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // a zombie has ended too; only Linux tells
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

it('ends a program whose starter is killed', async () => {
  const script = `import { startChild } from '${module}';
    const child = startChild(['sh', '-c', 'echo pid $$; exec sleep 60']);
    const found = await child.lineWith(/pid (\\d+)/, 5000);
    console.log(found[1]);
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = Number(await once(starter.stdout, 'data').then(([data]) => String(data)));
  expect(isAlive(pid)).toBe(true);
  starter.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});

it('waits until a program that is stopped has ended', async () => {
  const child = startChild([
    'sh',
    '-c',
    'trap "echo bye; exit 0" TERM; echo ready; while :; do sleep 0.05; done',
  ]);
  await child.lineWith(/ready/, 5000);
  await child.stop();
  expect(child.lines).toContain('bye');
});
