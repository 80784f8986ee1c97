import type { RegistryCheck, RegistryDetail } from '@pull-doctor/contract/registries';
import { describe, expect, it } from 'vitest';
import { endWith, rowWith } from '../test-rows.ts';
import { checksSentence, foldChecks, lastChecks } from './checks.ts';
import { credentialPairs } from './credential-pairs.ts';
import { firstImage } from './image-of.ts';
import { timelineOf } from './timeline.ts';
import { traceOf } from './trace.ts';

const now = '2026-11-24T12:00:00.000Z';
const ago = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const check = (minutes: number, status: RegistryCheck['status'], why = status): RegistryCheck => ({
  at: ago(minutes),
  ms: 300,
  status,
  why,
});

describe('the checks', () => {
  const checks = [check(91, 'ok'), check(20, 'ok'), check(15, 'ok'), check(10, 'expired'), check(5, 'ok')];

  it('are those of the last 90 minutes, in a sentence and a share that is rounded down', () => {
    const shown = lastChecks(checks, Date.parse(now));
    expect(shown).toHaveLength(4);
    expect(checksSentence(shown)).toEqual({
      sentence: '4 checks: 3 signed in, 1 expired',
      share: '75% signed in',
    });
    const many = [...Array.from({ length: 1999 }, () => check(1, 'ok')), check(0, 'expired')];
    expect(checksSentence(many).share).toBe('99.9% signed in');
  });

  it('that found the same one after the other are one line, the newest first', () => {
    expect(foldChecks(checks).map(({ last, times }) => [last.status, times])).toEqual([
      ['ok', 1],
      ['expired', 1],
      ['ok', 3],
    ]);
  });
});

describe('the timeline', () => {
  const detail = (parts: Partial<RegistryDetail>): RegistryDetail => ({
    now,
    row: rowWith(),
    evidence: null,
    checks: [],
    enteredEnd: null,
    images: [],
    failedPulls: [],
    vantageNotes: [],
    ...parts,
  });

  it('joins checks of one status, and holds the last one until now', () => {
    const { spans, sentence } = timelineOf(
      detail({ checks: [check(120, 'ok'), check(90, 'ok'), check(60, 'expired')] }),
    );
    expect(spans.map(({ word, from, to }) => [word, from, to])).toEqual([
      ['Signed in', expect.closeTo(70.83, 1), expect.closeTo(72.92, 1)],
      ['Expired', expect.closeTo(72.92, 1), 75],
    ]);
    expect(sentence.replaceAll('\u00a0', ' ')).toBe(
      'In the last 36 h: signed in for 1 h, expired for 1 h. 0 pulls failed.',
    );
  });

  it('goes on to the end of a credential that works, and shows the gap after it', () => {
    const end = endWith({ state: 'ends', endsAt: '2026-11-24T18:00:00.000Z' });
    const { spans } = timelineOf(detail({ row: rowWith({ end }), checks: [check(60, 'ok')] }));
    expect(spans.filter(({ isAhead }) => isAhead).map(({ word, from, to }) => [word, from, to])).toEqual([
      ['Still valid', 75, 87.5],
      ['Ended', 87.5, 100],
    ]);
  });

  it('promises nothing of a credential that does not work, or whose end nobody knows', () => {
    const end = endWith({ state: 'ends', endsAt: '2026-11-24T18:00:00.000Z' });
    for (const row of [rowWith({ end, status: 'invalid' }), rowWith()])
      expect(timelineOf(detail({ row })).spans).toEqual([]);
  });

  it('marks the failed pulls of that time only', () => {
    const failedPulls = [60, 60 * 37].map((minutes, index) => ({
      id: `${index}`,
      at: ago(minutes),
      reference: 'ghcr.io/acme/web:1',
    }));
    expect(timelineOf(detail({ failedPulls })).pulls).toHaveLength(1);
  });
});

describe('what stands beside a credential', () => {
  it('is its kind, its length and its place, and never its secret', () => {
    const pairs = credentialPairs(rowWith({ end: endWith({ lifetimeSeconds: 43_200 }) }));
    expect(pairs.map(({ label, value }) => `${label}: ${value.replaceAll('\u00a0', ' ')}`)).toEqual([
      'Kind: classic token, lives 12 h',
      'User: acme-ci',
      'Secret: [redacted 40 chars]',
      'Kept in: /home/deploy/.docker/config.json',
      'Renewed by: nothing',
      'Login: accepted by the registry',
    ]);
  });

  it('is only who is counted where there is none', () => {
    const countedAs = { as: 'anonymous', who: '192.0.2.7', says: 'docker-ratelimit-source' } as const;
    expect(credentialPairs(rowWith({ credential: null, countedAs })).map(({ value }) => value)).toEqual([
      'none is stored for this host',
      '192.0.2.7, anonymous',
    ]);
  });
});

describe('the places of a credential', () => {
  it('come in Docker’s order, the dead keys after them and each once', () => {
    const steps = traceOf(
      {
        lookupKey: 'ghcr.io',
        file: {
          path: '/c',
          state: 'read',
          faults: [],
          owner: null,
          mode: null,
          readAs: 'deploy',
        },
        environment: { state: 'not-set', what: null },
        sources: [
          {
            place: 'credHelpers',
            key: '*.io',
            state: 'passed-over',
            why: 'No wildcards.',
            helper: 'gh',
            code: 'other-host',
          },
          { place: 'auths', key: 'ghcr.io', state: 'used', why: 'Exactly.', helper: null, code: 'used' },
        ],
        used: null,
        helper: null,
        deadEntries: [
          { key: 'https://ghcr.io/v2/', why: 'Never read.' },
          // Already told where it stands.
          { key: '*.io', why: 'No wildcards.' },
        ],
        notes: [],
      },
      [{ key: 'https://ghcr.io/v2/', why: 'Never read.' }],
    );
    expect(steps.map(({ place, word }) => [place, word])).toEqual([
      ['credHelpers, *.io, docker-credential-gh', 'passed over'],
      ['auths, ghcr.io', 'used'],
      ['https://ghcr.io/v2/', 'never read'],
    ]);
  });
});

describe('what Diagnose begins with', () => {
  it('is the image that failed most, and without images the host to type on after', () => {
    const images = [
      { repository: 'acme/web', tags: ['1'], failed24h: 1 },
      { repository: 'acme/api', tags: [], failed24h: 3 },
    ];
    expect(firstImage('ghcr.io', images)).toBe('ghcr.io/acme/api');
    expect(firstImage('ghcr.io', [])).toBe('ghcr.io/');
  });
});
