import type { Exchange } from '@pull-doctor/contract/exchange';
import { describe, expect, it } from 'vitest';
import { curlOf, exchangeBlock } from './exchange.ts';

const exchange = (over: Partial<Exchange['request']>): Exchange => ({
  request: {
    method: 'GET',
    url: 'https://ghcr.io/v2/',
    headers: [{ name: 'Accept', value: 'application/json' }],
    credential: 'none',
    ...over,
  },
  answer: {
    status: 403,
    headers: [{ name: 'Server', value: 'nginx' }],
    bodyKind: 'json',
    bytes: 60,
    excerpt: '{"errors":[]}',
    errors: [{ code: 'DENIED', message: 'no' }],
  },
  failure: null,
  redirects: [],
  at: '2026-11-24T14:32:08.000Z',
  ms: 12,
});

describe('the request as curl', () => {
  it('has variables where the secrets were', () => {
    expect(curlOf(exchange({ credential: 'bearer' }))).toBe(
      `curl --include --header "Authorization: Bearer $TOKEN" --header 'Accept: application/json' 'https://ghcr.io/v2/'`,
    );
    expect(curlOf(exchange({ credential: 'basic', method: 'HEAD' }))).toContain(
      '--head --user "$USER:$PASSWORD"',
    );
  });

  it('runs nothing that a registry or an image name put into it', () => {
    const command = curlOf(
      exchange({
        url: `https://evil.example/v2/';$(touch pwned);'/`,
        headers: [{ name: 'X-A', value: 'a\r\n`id`' }],
      }),
    );
    expect(command).toContain(`'https://evil.example/v2/'\\'';$(touch pwned);'\\''/'`);
    expect(command).toContain("'X-A: a  `id`'");
  });

  it('is not offered for a tunnel', () => {
    expect(exchangeBlock('', exchange({ method: 'CONNECT' })).curl).toBeUndefined();
  });
});

describe('an exchange as evidence', () => {
  it('marks what the registry said only where the verdict rests on it', () => {
    const marked = (isDecisive: boolean) =>
      exchangeBlock('', exchange({}), isDecisive)
        .rows.filter((row) => row.isMarked)
        .map(({ label }) => label);
    expect(marked(true)).toEqual(['Errors']);
    expect(marked(false)).toEqual([]);
  });

  it('folds the headers of both sides', () => {
    expect(exchangeBlock('', exchange({})).folded?.rows).toEqual([
      { label: 'Sent:', value: 'Accept: application/json' },
      { label: 'Received:', value: 'Server: nginx' },
    ]);
  });
});
