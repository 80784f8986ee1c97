import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileLog } from '../src/daemon/log/file-log.ts';
import type { LogNews, SourceLine } from '../src/daemon/log/log-source.ts';

let folder: string;
let file: string;
let reader: Reader | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdl-'));
  file = path.join(folder, 'docker.log');
});
afterEach(async () => {
  await reader?.kill();
  reader = null;
  rmSync(folder, { recursive: true, force: true });
});

interface Reader {
  lines: SourceLine[];
  news: LogNews[];
  kill(): Promise<void>;
}

/** Follows the file from a cursor until it is killed; what it told by then stays. */
function read(from: string | null = null): Reader {
  const stop = new AbortController();
  const lines: SourceLine[] = [];
  const news: LogNews[] = [];
  const run = (async () => {
    for await (const one of fileLog(file).follow(from, stop.signal)) {
      news.push(one);
      if (one.kind === 'lines') lines.push(...one.lines);
    }
  })();
  reader = {
    lines,
    news,
    kill: async () => {
      stop.abort();
      await run;
    },
  };
  return reader;
}

const texts = ({ lines }: { lines: SourceLine[] }) => lines.map(({ text }) => text);
let count = 0;
const line = () =>
  `time="2026-05-04T10:11:12.${String(++count).padStart(9, '0')}Z" level=info msg="line ${count}"`;
const write = (...all: string[]) => appendFileSync(file, all.map((one) => `${one}\n`).join(''));
const gaps = ({ news }: Reader) => news.filter(({ kind }) => kind === 'gap');
const reads = (from: Reader, expected: string[]) =>
  expect.poll(() => texts(from), { timeout: 3_000, interval: 10 }).toEqual(expected);

describe('a log file', () => {
  it('is read from its last megabyte on at the first start, and then as it grows', async () => {
    const many = Array.from({ length: 20_000 }, line);
    write(...many);
    const following = read();
    await expect.poll(() => following.lines.at(-1)?.text).toBe(many.at(-1));
    const kept = texts(following);
    expect(kept).toEqual(many.slice(-kept.length));
    expect(kept.join('\n').length).toBeGreaterThan(1024 * 1024 - 200);
    expect(kept.join('\n').length).toBeLessThanOrEqual(1024 * 1024);
    const more = line();
    write(more);
    await expect.poll(() => following.lines.at(-1)?.text, { timeout: 1_000, interval: 10 }).toBe(more);
    expect(following.lines.at(-1)?.at).toMatch(/^2026-05-04T10:11:12\.\d{3}Z$/);
  });

  it('is read on where it was left, from the cursor of any line', async () => {
    const all = [line(), line(), line(), line()];
    write(...all);
    const first = read();
    await reads(first, all);
    await first.kill();
    for (const [at, { cursor }] of first.lines.entries()) {
      const again = read(cursor);
      const more = line();
      all.push(more);
      write(more);
      await reads(again, all.slice(at + 1));
      expect(gaps(again)).toEqual([]);
      await again.kill();
    }
  });

  it('tells a line once it has its end', async () => {
    writeFileSync(file, 'begun');
    const following = read();
    await new Promise((resume) => setTimeout(resume, 500));
    expect(following.lines).toEqual([]);
    appendFileSync(file, ' and ended\n');
    await reads(following, ['begun and ended']);
  });

  it('shows what is no UTF-8 as such, and goes on', async () => {
    writeFileSync(
      file,
      Buffer.concat([Buffer.from('a '), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from(' b\nnext\n')]),
    );
    await reads(read(), ['a \ufffd\ufffd\ufffd b', 'next']);
  });

  it('has lines of a megabyte whole, cuts longer ones and says so', async () => {
    writeFileSync(file, '');
    const following = read();
    const long = 'x'.repeat(1024 * 1024 - 10);
    write(long, 'between', 'y'.repeat(3 * 1024 * 1024), 'after');
    await reads(following, [long, 'between', 'y'.repeat(1024 * 1024), 'after']);
    await expect
      .poll(() => gaps(following))
      .toEqual([{ kind: 'gap', says: 'A line of the log was cut after 1 MB; it is 2097152 bytes longer.' }]);
    const { cursor } = following.lines[2] as SourceLine;
    await following.kill();
    await reads(read(cursor), ['after']);
  });

  it('that is renamed is read to its end, also what is written into it afterwards', async () => {
    const all = [line(), line()];
    write(...all);
    const following = read();
    await reads(following, all);
    const late = [line(), line()];
    appendFileSync(file, `${late[0]}\n`);
    renameSync(file, `${file}.1`);
    appendFileSync(`${file}.1`, `${late[1]}\n`);
    writeFileSync(file, '');
    await reads(following, [...all, ...late]);
    const later = line();
    appendFileSync(`${file}.1`, `${later}\n`);
    await reads(following, [...all, ...late, later]);
    const fresh = line();
    write(fresh);
    await reads(following, [...all, ...late, later, fresh]);
    expect(gaps(following)).toEqual([]);
  });

  it('that is copied and truncated is read in the copy first', async () => {
    const all = [line(), line()];
    write(...all);
    const following = read();
    await reads(following, all);
    const copied = [line(), line(), line()];
    write(...copied);
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
    // longer at once than it was: its size alone would not tell
    const fresh = Array.from({ length: 20 }, line);
    write(...fresh);
    await reads(following, [...all, ...copied, ...fresh]);
    expect(gaps(following)).toEqual([]);
  });

  it('that a writer goes on in behind a hole is read there', async () => {
    const all = [line(), line()];
    write(...all);
    const following = read();
    await reads(following, all);
    truncateSync(file);
    truncateSync(file, 2 * 1024 * 1024);
    const fresh = line();
    write(fresh);
    await reads(following, [...all, fresh]);
  });

  it('that is replaced is read to its end, then the other one', async () => {
    write(line());
    const following = read();
    await expect.poll(() => following.lines.length).toBe(1);
    const all = texts(following);
    const last = line();
    write(last);
    const other = [line(), line()];
    writeFileSync(`${file}.new`, other.map((one) => `${one}\n`).join(''));
    renameSync(`${file}.new`, file);
    await reads(following, [...all, last, ...other]);
  });

  it('may be missing at first, and for a while', async () => {
    const following = read();
    await expect
      .poll(() => following.news)
      .toEqual([{ kind: 'state', open: false, says: `There is no file ${file}.` }]);
    const all = [line(), line()];
    write(...all);
    await reads(following, all);
    rmSync(file);
    await new Promise((resume) => setTimeout(resume, 500));
    const back = line();
    write(back);
    await reads(following, [...all, back]);
  });

  it('that is a folder, or may not be looked at, says so', async () => {
    file = folder;
    const following = read();
    await expect
      .poll(() => following.news)
      .toEqual([{ kind: 'state', open: false, says: `${folder} is a folder, not a log file.` }]);
  });

  describe('while nobody reads it', () => {
    const left = async (...all: string[]) => {
      write(...all);
      const first = read();
      await reads(first, all);
      await first.kill();
      return first.lines.at(-1)?.cursor ?? null;
    };

    it('may be rotated several times', async () => {
      const cursor = await left(line(), line());
      const missed = [line(), line(), line(), line()];
      write(missed[0] ?? '');
      renameSync(file, `${file}.1`);
      await new Promise((resume) => setTimeout(resume, 20));
      write(missed[1] ?? '', missed[2] ?? '');
      renameSync(`${file}.1`, `${file}.2`);
      renameSync(file, `${file}.1`);
      await new Promise((resume) => setTimeout(resume, 20));
      write(missed[3] ?? '');
      const again = read(cursor);
      await reads(again, missed);
      expect(gaps(again)).toEqual([]);
    });

    it('may be copied and truncated', async () => {
      const cursor = await left(line(), line());
      const missed = [line(), line()];
      write(missed[0] ?? '');
      copyFileSync(file, `${file}.1`);
      truncateSync(file);
      write(missed[1] ?? '');
      const again = read(cursor);
      await reads(again, missed);
      expect(gaps(again)).toEqual([]);
    });

    it('may be packed', async () => {
      const cursor = await left(line(), line());
      const missed = [line(), line()];
      write(missed[0] ?? '');
      renameSync(file, `${file}.1`);
      expect(spawnSync('gzip', [`${file}.1`]).status).toBe(0);
      write(missed[1] ?? '');
      const again = read(cursor);
      await reads(again, missed);
      expect(gaps(again)).toEqual([]);
    });

    it('may be replaced: then what is missing is said', async () => {
      const cursor = await left(line(), line());
      rmSync(file);
      const missed = [line(), line()];
      write(...missed);
      const again = read(cursor);
      await reads(again, missed);
      expect(gaps(again)).toHaveLength(1);
    });
  });

  it('is read once each line over rotations and kills at random', { timeout: 60_000 }, async () => {
    const written = [line()];
    write(...written);
    const first = read();
    await reads(first, written);
    await first.kill();
    const seen = texts(first);
    let cursor = first.lines[0]?.cursor ?? null;
    let rotations = 0;
    for (let round = 0; round < 40; round++) {
      const following: Reader = read(cursor);
      for (let step = 0; step < 6; step++) {
        const batch = Array.from({ length: Math.floor(Math.random() * 40) }, line);
        // a line of 1 MB, bytes that are no UTF-8, a clock that goes back
        if (Math.random() < 0.03) batch.push(`${line()} ${'z'.repeat(1024 * 1024 - 200)}`);
        if (Math.random() < 0.1) batch.push(`time="1999-01-01T00:00:00Z" msg="back ${line()}"`);
        written.push(...batch);
        const bytes = Buffer.from(batch.map((one) => `${one}\n`).join(''));
        // in two pieces, anywhere
        const cut = Math.floor(Math.random() * bytes.length);
        appendFileSync(file, bytes.subarray(0, cut));
        if (Math.random() < 0.3) await new Promise((resume) => setTimeout(resume, Math.random() * 250));
        appendFileSync(file, bytes.subarray(cut));
        const what = Math.random();
        if (what < 0.12) rotate(++rotations);
        else if (what < 0.2) copyTruncate(++rotations);
        if (Math.random() < 0.3) await new Promise((resume) => setTimeout(resume, Math.random() * 250));
      }
      await following.kill();
      seen.push(...texts(following));
      cursor = following.lines.at(-1)?.cursor ?? cursor;
      expect(gaps(following)).toEqual([]);
    }
    const last = read(cursor);
    await expect
      .poll(() => last.lines.length + seen.length, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(written.length);
    await last.kill();
    seen.push(...texts(last));
    expect(rotations).toBeGreaterThan(15);
    expect(seen.length).toBe(written.length);
    expect(seen).toEqual(written);
  });
});

const rotate = (_: number) => {
  shift();
  renameSync(file, `${file}.1`);
  writeFileSync(file, '');
};
const copyTruncate = (_: number) => {
  shift();
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
};
function shift(): void {
  rmSync(`${file}.9`, { force: true });
  for (let at = 8; at >= 1; at--)
    try {
      renameSync(`${file}.${at}`, `${file}.${at + 1}`);
    } catch {
      // Not so many yet.
    }
}
