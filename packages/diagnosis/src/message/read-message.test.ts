import { describe, expect, it } from 'vitest';
import recorded from '../../test/message/recorded.json' with { type: 'json' };
import { allRules } from '../rules/all-rules.ts';
import { cleanText } from './clean-text.ts';
import { readMessage } from './read-message.ts';

const signs = allRules.flatMap(({ cause, signs }) =>
  signs.map((sign): [name: string, sign: typeof sign] => [
    `${cause}: ${sign.says.source.slice(0, 60)}`,
    sign,
  ]),
);

describe('every sign', () => {
  it.each(signs)('matches the real line that it was taken from: %s', (_, sign) => {
    expect(cleanText(sign.line).lower).toMatch(sign.says);
  });

  it.each(signs)('keeps no state between two texts: %s', (_, { says }) => {
    expect(says.flags).not.toMatch(/[gy]/);
  });
});

describe('a message of the daemon', () => {
  // Recorded from dockerd 20.10.24, 26.1.5 (both image stores) and 28.5.2, each with the causes that end in these words.
  it.each(recorded.map((one): [string, string[]] => [one.message, one.causes]))('%s', (message, causes) => {
    const read = readMessage(message).causes;
    const surest = read.filter(({ certainty }) => certainty === read[0]?.certainty);
    expect(surest.map(({ cause }) => cause).filter((cause) => causes.includes(cause))).not.toEqual([]);
    // What the text does not tell apart must not be claimed of one cause that it cannot be.
    if (read[0]?.certainty === 'likely') expect(causes).toContain(read[0].cause);
  });

  it('gives the place of the words that decided', () => {
    const text = 'Error response from daemon: write /var/lib/docker/tmp/x: no space left on device\n';
    const [read] = readMessage(text).causes;
    const [sign] = read?.signs ?? [];
    expect(read).toMatchObject({ cause: 'local-storage', certainty: 'likely' });
    expect(text.slice(sign?.start, sign?.end)).toBe('no space left on device');
  });

  it('leaves words that several causes end in open', () => {
    const text =
      "pull access denied for x/y, repository does not exist or may require 'docker login': denied: requested access to the resource is denied";
    const { causes } = readMessage(text);
    expect(causes.map(({ cause }) => cause)).toEqual([
      'credentials-missing',
      'access-denied',
      'repository-not-found',
    ]);
    expect(causes.every(({ certainty }) => certainty === 'guess')).toBe(true);
  });

  it('says nothing of noise', () => {
    expect(readMessage('Pulling from library/nginx\nDigest: sha256:abc').causes).toMatchObject([
      { cause: 'unknown' },
    ]);
  });
});

describe('reading', () => {
  // 64 KB of what the repetitions in the signs like best: a pattern that backtracks would take minutes.
  it.each([
    'lookup a on ',
    'dial tcp ',
    'unexpected status from GET request to https://',
    '"https://',
    'x509: certificate is valid for a, ',
    'manifest for ',
    'failed to resolve reference "',
    'client with IP ',
    'exec: "docker-credential-',
    ' ',
    'a',
  ])('takes linear time: %s', (part) => {
    const text = part.repeat(Math.ceil((64 * 1024) / part.length));
    const started = performance.now();
    readMessage(text);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
