import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeDockerConfigFolder } from '@pull-doctor/testkit/docker-config-folder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expected, plantedSecrets } from '../../test/configs/expected.ts';
import { readClientConfig } from '../client-config.ts';
import { findProgram } from '../program-search.ts';
import { carefulWrite, readForPlan } from '../write/careful-write.ts';
import { undoChange } from '../write/undo.ts';
import { bytesToText, textToBytes } from './bytes-as-text.ts';
import { findFaults } from './find-faults.ts';
import { repairConfig, startAgain } from './repair.ts';

const run = promisify(execFile);
const program = (await findProgram('docker', process.env)).file ?? 'docker';
const hasDocker = await run(program, ['--version']).then(
  () => true,
  () => false,
);
const folder = path.join(import.meta.dirname, '../../test/configs');
const read = (file: string) => readFile(path.join(folder, `${file}.config`));
const now = new Date('2026-11-24T14:31:31.000Z');

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'repair-corpus-'));
});
afterAll(() => rm(home, { recursive: true }));

/** The bytes after the pieces of text became others. Each piece must be there. */
function replaced(bytes: Buffer, pieces: [from: string, to: string][]): Buffer {
  let { text } = bytesToText(bytes);
  let from = 0;
  for (const [before, after] of pieces) {
    const at = text.indexOf(before, from);
    if (at === -1) throw new Error(`there is no ${JSON.stringify(before)}`);
    text = text.slice(0, at) + after + text.slice(at + before.length);
    from = at + after.length;
  }
  return Buffer.from(textToBytes(text));
}

/** What docker says about a config.json, on its error output. */
async function saidByDocker(bytes: Uint8Array): Promise<string> {
  const made = await makeDockerConfigFolder(await mkdtemp(path.join(home, 'docker-')), {
    text: Buffer.from(bytes),
  });
  const { stderr } = await run(program, ['context', 'ls', '--format', '{{.Name}}'], {
    env: made.environment,
  });
  return stderr;
}

it('has more than sixty files, and expects something of each', async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.config'));
  expect(files.length).toBeGreaterThan(60);
  expect(expected.map(({ file }) => `${file}.config`).sort()).toEqual(files.sort());
});

describe.each(expected)('$file', ({ file, faults, repair, loses = [] }) => {
  it('has its faults, each in its place', async () => {
    const found = findFaults(await read(file));
    expect(found.map(({ code, line, column }) => `${code}:${line}:${column}`)).toEqual(faults);
    for (const fault of found) expect(fault.what).toMatch(/^[A-Z"].*\.$/);
  });

  it(`${Array.isArray(repair) ? 'is repaired, and every other byte stays' : `is left: ${repair}`}`, async () => {
    const bytes = await read(file);
    const plan = repairConfig(bytes);
    if (!Array.isArray(repair)) {
      expect(plan.ok ? 'same' : plan.refusal.code).toBe(repair);
      if (plan.ok) expect(plan.text).toBeNull();
      return;
    }
    if (!plan.ok) throw new Error(plan.refusal.why);
    const after = Buffer.from(plan.text?.reveal() ?? []);
    expect(after.toString()).toBe(replaced(bytes, repair).toString());
    expect(after.equals(replaced(bytes, repair))).toBe(true);
    expect(plan.left).toEqual([]);
    for (const words of loses) expect(plan.loses.join('\n')).toContain(words);
    // once is enough
    expect(findFaults(after)).toEqual([]);
  });

  it('keeps its secrets to itself', async () => {
    const bytes = await read(file);
    const values = [findFaults(bytes), repairConfig(bytes), startAgain(bytes)];
    const shown = JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    for (const secret of plantedSecrets) expect(shown).not.toContain(secret);
  });

  it.runIf(hasDocker)('is read by docker without a warning once it is repaired, and not before', async () => {
    const bytes = await read(file);
    const plan = repairConfig(bytes);
    const stops = findFaults(bytes).filter(({ code, weight }) =>
      weight === 'blocks' ? true : ['wrong-type', 'bad-base64', 'no-colon'].includes(code),
    );
    const before = await saidByDocker(bytes);
    if (stops.length > 0) expect(before).toMatch(/WARNING: Error/);
    else expect(before).toBe('');
    const after = plan.ok ? (plan.text?.reveal() ?? bytes) : startAgain(bytes).text.reveal();
    expect(await saidByDocker(after)).toBe('');
  });
});

describe('a merge', () => {
  it.each([
    ['ours', 'YWxpY2U6bWFkZS11cC0x'],
    ['theirs', 'Ym9iOm1hZGUtdXAtMg=='],
  ])('is resolved to the side that was chosen: %s', async (side, value) => {
    for (const file of ['merge-same-entry', 'merge-with-base']) {
      const bytes = await read(file);
      const plan = repairConfig(bytes, {}, { 'merge-markers:3:1': side });
      if (!plan.ok) throw new Error(plan.refusal.why);
      const lineEnd = file === 'merge-with-base' ? '\r\n' : '\n';
      expect(Buffer.from(plan.text?.reveal() ?? []).toString()).toBe(
        ['{', '  "auths": {', `    "ghcr.io": {"auth": "${value}"}`, '  }', '}', ''].join(lineEnd),
      );
      expect(plan.loses).toEqual(['What only the other side has.']);
    }
  });
});

describe('a file with 1 MB', () => {
  const big = (broken: boolean) => {
    const entries = Array.from(
      { length: 11_000 },
      (_, index) =>
        `\t\t"reg-${index}.example.com": {\r\n\t\t\t"auth": "${Buffer.from(`user-${index}:made-up-${'x'.repeat(20)}`).toString('base64')}"\r\n\t\t}`,
    );
    if (broken) entries[5500] = '\t\t"broken.example.com": {\r\n\t\t\t"auth": "%%%"\r\n\t\t}';
    return `{\r\n\t"auths": {\r\n${entries.join(',\r\n')}${broken ? ',' : ''}\r\n\t},\r\n\t"z": 1\r\n}\r\n`;
  };

  it('is repaired in its two places, and within two seconds', async () => {
    const bytes = Buffer.from(big(true));
    expect(bytes.length).toBeGreaterThan(1_000_000);
    const start = performance.now();
    const plan = repairConfig(bytes);
    const ms = performance.now() - start;
    if (!plan.ok) throw new Error(plan.refusal.why);
    const after = Buffer.from(plan.text?.reveal() ?? []);
    const wanted = big(true)
      .replace('\t\t"broken.example.com": {\r\n\t\t\t"auth": "%%%"\r\n\t\t},\r\n', '')
      .replace('},\r\n\t},', '}\r\n\t},');
    expect(after.equals(Buffer.from(wanted))).toBe(true);
    expect(plan.difference.hunks).toHaveLength(2);
    expect(ms).toBeLessThan(2000);
    if (hasDocker) expect(await saidByDocker(after)).toBe('');
  });
});

describe('from the file to the file', () => {
  it('every repaired file is undone to the byte', async () => {
    for (const { file, repair } of expected) {
      if (!Array.isArray(repair)) continue;
      const target = path.join(home, `${file}.json`);
      const bytes = await read(file);
      await writeFile(target, bytes, { mode: 0o640 });
      const current = await readForPlan(target);
      if (!current.ok || !current.bytes) throw new Error('it is there');
      const plan = repairConfig(current.bytes);
      if (!plan.ok || !plan.text) throw new Error('it has a repair');
      const written = await carefulWrite({
        file: target,
        expected: current.version?.sha256 ?? null,
        bytes: plan.text.reveal(),
        now,
      });
      if (!written.ok) throw new Error(written.refusal.why);
      expect((await readFile(target)).equals(Buffer.from(plan.text.reveal()))).toBe(true);
      expect(await undoChange(written.change, { now })).toEqual({ ok: true });
      expect((await readFile(target)).equals(bytes), file).toBe(true);
    }
  });

  it.runIf(hasDocker)('a docker that writes in between wins, and the fix is told', async () => {
    const made = await makeDockerConfigFolder(await mkdtemp(path.join(home, 'between-')), {
      text: await read('dead-key-docker-io'),
    });
    const current = await readForPlan(made.file);
    if (!current.ok || !current.bytes) throw new Error('it is there');
    const plan = repairConfig(current.bytes);
    if (!plan.ok || !plan.text) throw new Error('it has a repair');
    await run(program, ['context', 'create', 'other', '--docker', 'host=tcp://127.0.0.1:1'], {
      env: made.environment,
    });
    await run(program, ['context', 'use', 'other'], { env: made.environment });
    const byDocker = await readFile(made.file, 'utf8');
    expect(byDocker).toContain('"other"');
    const written = await carefulWrite({
      file: made.file,
      expected: current.version?.sha256 ?? null,
      bytes: plan.text.reveal(),
      now,
    });
    expect(written).toMatchObject({ ok: false, refusal: { code: 'changed-since' } });
    expect(await readFile(made.file, 'utf8')).toBe(byDocker);
    // and the new plan keeps what docker wrote
    const again = repairConfig(Buffer.from(byDocker));
    if (!again.ok) throw new Error(again.refusal.why);
    expect(Buffer.from(again.text?.reveal() ?? []).toString()).toBe(
      byDocker.replace('"docker.io"', '"https://index.docker.io/v1/"'),
    );
  });
});

it('reads as repaired to our own reader too', async () => {
  for (const { file, repair } of expected) {
    if (!Array.isArray(repair)) continue;
    const plan = repairConfig(await read(file));
    if (!plan.ok || !plan.text) throw new Error(file);
    const made = await makeDockerConfigFolder(await mkdtemp(path.join(home, 'own-')), {
      text: Buffer.from(plan.text.reveal()),
    });
    const config = await readClientConfig({ env: made.environment, homedir: made.folder });
    expect(config.file.faults, file).toEqual([]);
  }
});
