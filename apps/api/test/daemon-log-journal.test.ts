import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { findProgram } from '@pull-doctor/testkit/child-process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOfLog } from '../src/daemon/log/choose-log.ts';
import { hasJournal, journaldLog } from '../src/daemon/log/journald-log.ts';
import type { LogNews, LogSource, SourceLine } from '../src/daemon/log/log-source.ts';
import { streamLog } from '../src/daemon/log/stream-log.ts';

// It writes real journal files from the export format, without a journald.
const writer = ['/usr/lib/systemd', '/lib/systemd']
  .map((folder) => path.join(folder, 'systemd-journal-remote'))
  .find((program) => existsSync(program));
const whySkipped =
  writer && findProgram('journalctl')
    ? ''
    : ' (systemd-journal-remote is not installed: apt-get install systemd-journal-remote)';

let folder: string;
const open: { kill(): Promise<void> | void }[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdj-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.kill()));
  rmSync(folder, { recursive: true, force: true });
});

interface Reader {
  lines: SourceLine[];
  news: LogNews[];
  kill(): Promise<void>;
}
function read(source: LogSource, from: string | null = null): Reader {
  const stop = new AbortController();
  const lines: SourceLine[] = [];
  const news: LogNews[] = [];
  const run = (async () => {
    for await (const one of source.follow(from, stop.signal)) {
      news.push(one);
      if (one.kind === 'lines') lines.push(...one.lines);
    }
  })();
  const reader = {
    lines,
    news,
    kill: async () => {
      stop.abort();
      await run;
    },
  };
  open.push(reader);
  return reader;
}
const texts = ({ lines }: Reader) => lines.map(({ text }) => text);
const told = ({ news }: Reader, kind: LogNews['kind']) =>
  news.flatMap((one) => (one.kind === kind && 'says' in one ? [one.says] : []));
const reads = (reader: Reader, expected: string[]) =>
  expect.poll(() => texts(reader), { timeout: 5_000, interval: 10 }).toEqual(expected);

/** A journal file that entries are written into as journald would. */
function makeJournal(name = 'a') {
  const file = path.join(folder, `${name}.journal`);
  const child: ChildProcessByStdio<Writable, null, null> = spawn(writer ?? '', ['-o', file, '-'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // What is on its way when a test has ended goes nowhere.
  child.stdin.on('error', () => {});
  open.push({ kill: () => void child.kill() });
  return {
    source: journaldLog([`--file=${file}`]),
    file,
    write(message: string | Buffer, { unit = 'docker.service', ms = Date.now() } = {}) {
      const bytes = Buffer.from(message);
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(bytes.length));
      child.stdin.write(
        Buffer.concat([
          Buffer.from(
            `__REALTIME_TIMESTAMP=${ms}000\n_SYSTEMD_UNIT=${unit}\n_BOOT_ID=${'0123456789abcdef'.repeat(2)}\nMESSAGE\n`,
          ),
          length,
          bytes,
          Buffer.from('\n\n'),
        ]),
      );
    },
  };
}
const exists = (file: string) => expect.poll(() => existsSync(file), { timeout: 5_000 }).toBe(true);

describe.skipIf(whySkipped)(`the journal${whySkipped}`, { timeout: 20_000 }, () => {
  it('is read from 24 hours ago on, and then as it grows; only what dockerd wrote', async () => {
    const journal = makeJournal();
    journal.write('of last week', { ms: Date.now() - 7 * 86_400_000 });
    journal.write('of this morning', { ms: Date.now() - 3_600_000 });
    journal.write('of another', { unit: 'ssh.service' });
    await exists(journal.file);
    const following = read(journal.source);
    await reads(following, ['of this morning']);
    const begun = performance.now();
    journal.write('of now');
    await reads(following, ['of this morning', 'of now']);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(Date.parse(following.lines[1]?.at ?? '')).toBeGreaterThan(Date.now() - 5_000);
    expect(told(following, 'state')).toEqual([
      'The daemon’s log is read from the journal of docker.service.',
    ]);
    expect(told(following, 'gap')).toEqual([]);
  });

  it('is read on where it was left, also where the clock went back meanwhile', async () => {
    const journal = makeJournal();
    for (const message of ['one', 'two']) journal.write(message);
    await exists(journal.file);
    const first = read(journal.source);
    await reads(first, ['one', 'two']);
    await first.kill();
    journal.write('three', { ms: Date.now() - 86_400_000 * 3 });
    journal.write('four');
    const again = read(journal.source, first.lines[1]?.cursor);
    await reads(again, ['three', 'four']);
    expect(told(again, 'gap')).toEqual([]);
  });

  it('has bytes that are no UTF-8 and long lines', async () => {
    const journal = makeJournal();
    journal.write(Buffer.concat([Buffer.from('a '), Buffer.from([0xff, 0xc3]), Buffer.from(' b')]));
    journal.write('x'.repeat(60_000));
    journal.write('after');
    await exists(journal.file);
    await reads(read(journal.source), ['a \ufffd\ufffd b', 'x'.repeat(60_000), 'after']);
  });

  it('is read on where journalctl ends, each line once', async () => {
    const journal = makeJournal();
    journal.write('one');
    await exists(journal.file);
    const following = read(journal.source);
    await reads(following, ['one']);
    for (const round of [1, 2]) {
      const pids = execFileSync('pgrep', ['-P', String(process.pid), '-x', 'journalctl'], {
        encoding: 'utf8',
      });
      for (const pid of pids.split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
      journal.write(`written while it was gone ${round}`);
      await expect
        .poll(() => texts(following), { timeout: 8_000 })
        .toEqual(['one', ...Array.from({ length: round }, (_, at) => `written while it was gone ${at + 1}`)]);
    }
    expect(told(following, 'state')).toContain('journalctl ended (SIGKILL); it is started again.');
  });

  it('whose place is gone says so, and is read from 24 hours ago on', async () => {
    const old = makeJournal('old');
    old.write('one');
    await exists(old.file);
    const first = read(old.source);
    await reads(first, ['one']);
    await first.kill();
    const journal = makeJournal('new');
    journal.write('two');
    await exists(journal.file);
    for (const cursor of [first.lines[0]?.cursor ?? '', 'no cursor at all']) {
      const again = read(journal.source, cursor);
      await reads(again, ['two']);
      expect(told(again, 'gap')).toEqual([
        'The place up to which the journal was read is no longer in it. It is read from 24 hours ago on; what came before that is missing.',
      ]);
    }
  });
});

describe('a journal that cannot be read', () => {
  /** A stand-in for journalctl: a script that complains as the real one does, and then waits. */
  function standIn(complaint: string): LogSource {
    const bin = path.join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, 'journalctl'), `#!/bin/sh\necho '${complaint}' >&2\nexec sleep 30\n`, {
      mode: 0o755,
    });
    return journaldLog([], () => ({ PATH: `${bin}:/usr/bin:/bin` }));
  }
  it.each([
    ['No journal files were opened due to insufficient permissions.', /may not read the journal/],
    [
      'Hint: You are currently not seeing messages from other users and the system.',
      /may not read the journal/,
    ],
    ['No journal files were found.', /no journal here/],
  ])('says why: %s', async (complaint, why) => {
    const following = read(standIn(complaint));
    await expect.poll(() => following.news.at(-1)).toMatchObject({ kind: 'state', open: false });
    expect(told(following, 'state').at(-1)).toMatch(why);
    await new Promise((resume) => setTimeout(resume, 700));
    expect(following.news).toHaveLength(1);
  });

  it('says that journalctl is missing', async () => {
    const following = read(journaldLog([], () => ({ PATH: folder })));
    await expect
      .poll(() => following.news)
      .toEqual([
        {
          kind: 'state',
          open: false,
          says: 'journalctl is not installed here, so the journal cannot be read.',
        },
      ]);
  });
});

describe('standard input', () => {
  it('is read in lines to its end, and its end is told', async () => {
    const input = new PassThrough();
    const following = read(streamLog(input));
    input.write('one\ntw');
    input.write('o\nthree');
    await reads(following, ['one', 'two']);
    input.end();
    await reads(following, ['one', 'two', 'three']);
    await expect.poll(() => following.news.at(-1)).toMatchObject({ kind: 'state', open: false });
  });
});

describe('where the log is', () => {
  it.each([
    ['none', { none: 'Reading the daemon’s log is switched off (PULL_DOCTOR_DAEMON_LOG).' }],
    ['-', 'stdin'],
    ['journald', 'journald'],
    ['/srv/docker.log', { file: '/srv/docker.log' }],
  ])('%s', (setting, place) => {
    expect(placeOfLog(setting)).toEqual(place);
  });

  it('auto: the journal where systemd runs, else the usual file, else nowhere, and says so', () => {
    const place = placeOfLog('auto');
    if (hasJournal()) expect(place).toBe('journald');
    else if (existsSync('/var/log/docker.log')) expect(place).toEqual({ file: '/var/log/docker.log' });
    else
      expect(place).toEqual({ none: expect.stringMatching(/no journal here and no \/var\/log\/docker.log/) });
  });
});
