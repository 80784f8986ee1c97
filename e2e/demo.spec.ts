import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from './journey.ts';
import type { StagedImage } from './staged-host.ts';

// Ten diagnoses run at once at most.
const atOnce = 8;

test.describe('the demo', () => {
  test('every image that it lists is diagnosed as the list says', async ({ host, server, playwright }) => {
    test.setTimeout(60_000);
    const request = await playwright.request.newContext({
      baseURL: server.origin,
      extraHTTPHeaders: { authorization: `Bearer ${host.adminToken}` },
      timeout: 60_000,
    });
    const wrong: string[] = [];
    // only a real daemon shows what only a pull shows; what hangs until the deadline is stopped in a journey
    const queue = host.images.filter(({ fault }) => !fault.slow && !(fault.pull && host.noDaemon));
    const asked = queue.length;
    const work = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const data = { input: next.reference, pull: next.fault.pull ?? false };
        const answer = await request.post('/api/v1/diagnoses?wait=40', { data });
        const complaint = complaintOf(next, await answer.json());
        if (complaint) wrong.push(complaint);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    await request.dispose();
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(24);
  });

  test('it prints a link that signs in, ends at Ctrl-C, and leaves nothing behind', async ({ request }) => {
    // short, since sockets lie in there
    const folder = await mkdtemp(path.join(tmpdir(), 'pd-'));
    // a group of its own, as a shell would make it: Ctrl-C reaches all of its programs at once
    const demo = spawn(process.execPath, [path.join(import.meta.dirname, 'demo.ts')], {
      env: { ...process.env, TMPDIR: folder },
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(demo, 'exit');
    let text = '';
    for await (const chunk of demo.stdout) {
      text += chunk;
      if (text.includes('Ctrl-C ends it.')) break;
    }
    const link = /http:\S+\/signin\?code=\S+/.exec(text)?.[0] ?? 'no link was printed';
    const answer = await request.get(link, { maxRedirects: 0 });
    expect(answer.headers().location).toBe('/');
    expect(text).toContain('ghcr.io/octo/private:v1');

    process.kill(-(demo.pid ?? 0), 'SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await readdir(folder)).toEqual([]);
    await expect(request.get(link)).rejects.toThrow(/ECONNREFUSED/);
    await rm(folder, { recursive: true });
  });
});

interface Judged {
  pullable: string;
  verdict: string;
  findings: { cause: string }[];
}

function complaintOf({ key, fault }: StagedImage, { pullable, verdict, findings }: Judged): string | null {
  const { cause, oneOf = [] } = fault.expect;
  const found = findings[0]?.cause ?? null;
  const isRight = found === cause || oneOf.some((one) => one === found);
  const agrees = (pullable === 'yes') === (cause === null);
  return isRight && agrees ? null : `${key}: ${found} instead of ${cause}, pullable ${pullable}: ${verdict}`;
}
