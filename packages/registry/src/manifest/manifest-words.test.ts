import { gzipSync } from 'node:zlib';
import { tarOfOneFile, zstdFrame } from '@pull-doctor/testkit/image-layers';
import { describe, expect, it } from 'vitest';
import { isNearlyUsedUp, readRateLimit } from '../http/rate-limit.ts';
import { formOf } from './layers.ts';
import { readManifest } from './read-manifest.ts';
import { nearest } from './tags.ts';

const now = new Date('2026-11-24T12:00:00Z');

describe('rate-limit headers', () => {
  it.each<[string, Record<string, string>, object | null]>([
    [
      'Docker Hub',
      {
        'ratelimit-limit': '100;w=21600',
        'ratelimit-remaining': '76;w=21600',
        'docker-ratelimit-source': '192.0.2.7',
      },
      { limit: 100, remaining: 76, windowSeconds: 21600, source: '192.0.2.7' },
    ],
    [
      'bare numbers',
      { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0' },
      { limit: 60, remaining: 0 },
    ],
    ['seconds to wait', { 'retry-after': '120' }, { retryAfterSeconds: 120, limit: null }],
    ['a date to wait for', { 'retry-after': 'Tue, 24 Nov 2026 12:01:00 GMT' }, { retryAfterSeconds: 60 }],
    [
      'a Unix time to wait for',
      { 'x-retry-after': String(now.getTime() / 1000 + 30) },
      { retryAfterSeconds: 30 },
    ],
    [
      'nonsense',
      { 'ratelimit-limit': 'many', 'retry-after': 'soon' },
      { limit: null, retryAfterSeconds: null },
    ],
    ['nothing', { date: 'x' }, null],
  ])('%s', (_, headers, expected) => {
    const rate = readRateLimit(Object.entries(headers), now);
    if (expected === null) expect(rate).toBeNull();
    else expect(rate).toMatchObject(expected);
  });

  it.each<[number | null, number | null, boolean]>([
    [100, 76, false],
    [100, 10, true],
    [200, 21, false],
    [20, 5, true],
    [null, 5, true],
    [null, 6, false],
    [100, null, false],
  ])('of %s, %s left: nearly used up %s', (limit, remaining, isNear) => {
    expect(
      isNearlyUsedUp({ limit, remaining, windowSeconds: null, source: null, retryAfterSeconds: null }),
    ).toBe(isNear);
  });
});

describe('the form of a layer', () => {
  const tar = tarOfOneFile('a', Buffer.from('a'));
  it.each<[string, Buffer, string]>([
    ['gzip', gzipSync(tar), 'gzip'],
    ['zstd', zstdFrame(tar), 'zstd'],
    ['tar', tar, 'tar'],
    ['an empty tar', Buffer.alloc(1024), 'tar'],
    ['a web page', Buffer.from('<html></html>'), 'other'],
    ['one byte', Buffer.from([0x1f]), 'other'],
    ['nothing', Buffer.alloc(0), 'unknown'],
  ])('%s', (_, bytes, form) => expect(formOf(bytes.subarray(0, 512))).toBe(form));
});

describe('near tags', () => {
  it.each<[string, string[], string[]]>([
    ['v1.26', ['1.26', '1.2', 'latest'], ['1.26']],
    ['1.25', ['1.25.3', '1.25-alpine', '3.0'], ['1.25.3', '1.25-alpine']],
    ['latst', ['latest', 'stable'], ['latest']],
    ['latest', ['1.9', '1.10', 'v1.2', 'nightly'], ['1.10', '1.9', 'v1.2']],
    ['nosuch', ['a', 'b'], []],
  ])('for %s of %j', (wanted, tags, near) => {
    expect(nearest(wanted, tags).slice(0, near.length || 1)).toEqual(near);
  });
});

describe('the body of a manifest', () => {
  const config = {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: `sha256:${'a'.repeat(64)}`,
    size: 2,
  };
  it.each<[string, unknown, string]>([
    ['an index', { manifests: [] }, 'index'],
    ['an image', { config, layers: [] }, 'image'],
    [
      'an artifact by its config',
      { config: { ...config, mediaType: 'application/vnd.cncf.helm.config.v1+json' }, layers: [] },
      'artifact',
    ],
    ['an artifact by its type', { artifactType: 'application/x', config, layers: [] }, 'artifact'],
    ['schema 1', { schemaVersion: 1, fsLayers: [] }, 'schema-1'],
    ['something else', { hello: 1 }, 'unreadable'],
    ['a list', [1], 'unreadable'],
    ['a web page', '<!doctype html><html>', 'not-a-manifest'],
    ['nothing', '', 'unreadable'],
  ])('%s', (_, value, kind) => {
    const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    expect(readManifest(bytes, 'application/vnd.oci.image.manifest.v1+json', null).body.kind).toBe(kind);
  });

  it('leaves attestations out of the platforms', () => {
    const entry = (platform: object, more: object = {}) => ({ ...config, platform, ...more });
    const manifests = [
      entry({ os: 'linux', architecture: 'amd64' }),
      entry(
        { os: 'unknown', architecture: 'unknown' },
        { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
      ),
    ];
    const { body } = readManifest(Buffer.from(JSON.stringify({ manifests })), '', null);
    expect(body.platforms.map(({ architecture }) => architecture)).toEqual(['amd64']);
  });

  it('compares by the algorithm of the digest', () => {
    const bytes = Buffer.from('{}');
    expect(readManifest(bytes, 'x/json', `sha512:${'0'.repeat(128)}`).body.digestMatches).toBe(false);
    expect(readManifest(bytes, 'x/json', `blake3:${'0'.repeat(64)}`).body.digestMatches).toBeNull();
  });
});
