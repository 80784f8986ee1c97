import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeHelpers } from '@pull-doctor/testkit/helpers/credential-helpers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultStore } from './default-store.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'default-store-'));
});
afterAll(() => rm(root, { recursive: true }));

async function folder(helpers: string[], withPass = false) {
  const bin = await mkdtemp(path.join(root, 'bin-'));
  await writeHelpers(bin, Object.fromEntries(helpers.map((name) => [name, { script: '#!/bin/sh\n' }])));
  if (withPass) {
    await writeFile(path.join(bin, 'pass'), '#!/bin/sh\n');
    await chmod(path.join(bin, 'pass'), 0o755);
  }
  return { PATH: bin };
}

describe('the store of the platform', () => {
  it.each<[string, NodeJS.Platform, string[], boolean, string | null]>([
    ['pass, where pass is installed', 'linux', ['pass', 'secretservice'], true, 'pass'],
    ['the secret service, where pass is not', 'linux', ['pass', 'secretservice'], false, 'secretservice'],
    ['none, where pass is installed and its helper is not', 'linux', ['secretservice'], true, null],
    ['none without a helper', 'linux', [], false, null],
    ['the key chain', 'darwin', ['osxkeychain'], false, 'osxkeychain'],
    ['the credential manager', 'win32', ['wincred'], false, 'wincred'],
  ])('is %s', async (_, platform, helpers, withPass, store) => {
    expect(await defaultStore(await folder(helpers, withPass), platform)).toBe(store);
  });
});
