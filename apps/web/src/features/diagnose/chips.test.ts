import type { Recognition } from '@pull-doctor/contract/recognition';
import { describe, expect, it } from 'vitest';
import { chipsOf, hiddenIn } from './chips.ts';

const recognition = (over: Partial<Recognition>): Recognition => ({
  kind: 'reference',
  client: null,
  platform: null,
  reference: {
    registry: 'ghcr.io',
    repository: 'acme/web',
    tag: '2.3',
    digest: null,
    canonical: 'ghcr.io/acme/web:2.3',
    familiar: 'ghcr.io/acme/web:2.3',
  },
  span: null,
  problems: [],
  ...over,
});
const texts = (...args: Parameters<typeof chipsOf>) => chipsOf(...args).map(({ text }) => text);

describe('the chips', () => {
  it('are none before anything was recognised', () => {
    expect(texts(undefined, 0)).toEqual([]);
  });

  it('of a bare image do not say the image again', () => {
    expect(texts(recognition({}), 0)).toEqual(['Image', 'ghcr.io']);
  });

  it('of a command name its program and the image in it', () => {
    expect(texts(recognition({ kind: 'command', client: 'podman' }), 0)).toEqual([
      'podman command',
      'ghcr.io',
      'acme/web:2.3',
    ]);
  });

  it('of a text without an image say only that', () => {
    expect(texts(recognition({ kind: 'text', reference: null }), 0)).toEqual(['Text']);
  });

  it('count the secrets, even before anything was recognised', () => {
    expect(texts(undefined, 1)).toEqual(['1 secret hidden']);
    expect(texts(undefined, 2)).toEqual(['2 secrets hidden']);
  });
});

it('hidden secrets are counted by their marks', () => {
  expect(hiddenIn('Bearer [redacted] and ghp_[redacted]')).toBe(2);
  expect(hiddenIn('nothing here')).toBe(0);
});
