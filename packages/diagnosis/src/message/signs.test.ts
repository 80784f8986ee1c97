import { causes } from '@pull-doctor/contract/causes';
import { describe, expect, it } from 'vitest';
import { allRules } from '../rules/all-rules.ts';
import { cleanText } from './clean-text.ts';
import { readMessage } from './read-message.ts';

const signs = allRules.flatMap(({ cause, signs }) =>
  signs.map((sign): [name: string, sign: typeof sign] => [
    `${cause}: ${sign.says.source.slice(0, 60)}`,
    sign,
  ]),
);

describe('the table of signs', () => {
  it('has signs for every cause but the unknown one', () => {
    expect(allRules.filter(({ signs }) => signs.length === 0).map(({ cause }) => cause)).toEqual(['unknown']);
  });

  it('says for every cause what would decide', () => {
    for (const { cause, decides } of allRules) expect(decides, cause).toMatch(/^[A-Z].{10,200}\.$/);
  });
});

describe('every sign', () => {
  it.each(signs)('matches the real line that it was taken from: %s', (_, sign) => {
    expect(cleanText(sign.line).lower).toMatch(sign.says);
  });

  it.each(signs)(
    'is written for text in lower case, and keeps no state between two texts: %s',
    (_, { says }) => {
      expect(says.flags).not.toMatch(/[giy]/);
      expect(says.source.replace(/\\[A-Za-z]/g, '')).not.toMatch(/[A-Z]/);
    },
  );

  it.each(signs)('says what it means in one sentence: %s', (_, { means }) => {
    expect(means).toMatch(/^\S.{10,160}\.$/);
  });

  it.each(signs)('repeats nothing without a bound: %s', (_, { says }) => {
    expect(says.source.replace(/\[[^\]]*\]|\\./g, '')).not.toMatch(/[+*]|\{\d+,\}/);
  });
});

describe('reading takes linear time', () => {
  // What the repetitions in the signs and in the places of images like best: a pattern that backtracks would take
  // minutes for 64 KB of it.
  it.each([
    'lookup a on ',
    'dial tcp ',
    'unexpected status from GET request to https://',
    '"https://',
    'https://a/v2/',
    'x509: certificate is valid for a, ',
    'manifest for ',
    'failed to resolve reference "',
    'Failed to pull image "a" ',
    'client with IP ',
    'exec: "docker-credential-',
    'docker login -u ',
    'docker pull -',
    'status: ',
    'proxy ',
    'current time ',
    'lookup ',
    '/var/lib/docker/',
    'image="',
    'a/',
    'a.',
    'a:',
    ' ',
    'a',
    '\n',
    '\\',
    '\\"',
    '\\n',
    '[1m',
    '\u001b[',
    '&quot;',
  ])('of %j', (part) => {
    const text = part.repeat(Math.ceil((64 * 1024) / part.length));
    const started = performance.now();
    readMessage(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

it('every cause can be the first that a text tells of', () => {
  const first = new Set(
    allRules.flatMap(({ signs }) => signs.map(({ line }) => readMessage(line).causes[0]?.cause)),
  );
  expect(causes.filter((cause) => cause !== 'unknown' && !first.has(cause))).toEqual([]);
});
