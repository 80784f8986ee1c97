import { expect, it } from 'vitest';
import recorded from '../../test/message/recorded.json' with { type: 'json' };
import { allRules } from '../rules/all-rules.ts';
import { readMessage } from './read-message.ts';

// Hostile input: real lines cut, spliced, doubled and sprinkled, and texts of nothing but characters. The same ones each
// time, from a generator of the kind that C's rand uses (only its upper bits are random).
const texts = [
  ...recorded.map(({ message }) => message),
  ...allRules.flatMap(({ signs }) => signs.map(({ line }) => line)),
];
const characters = [
  ...'abcdefghijklmnopqrstuvwxyz ://.-_"\'\\`[](){}<>=@#$%^&*,;\n\t0123456789\u001b\u00e9\u4e16\ud83d\u202e\u0000',
];

function* mutations(count: number, seed: number): Generator<{ text: string; isNoise: boolean }> {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 12) % below;
  };
  const noise = (length: number): string =>
    Array.from({ length }, () => characters[random(characters.length)]).join('');
  for (let made = 0; made < count; made += 1) {
    if (made % 4 === 0) {
      yield { text: noise(random(800)), isNoise: true };
      continue;
    }
    let text = texts[random(texts.length)] ?? '';
    for (let turn = random(20); turn >= 0; turn -= 1) {
      const at = random(text.length + 1);
      const ways = [
        () => text.slice(0, at) + noise(1 + random(3)) + text.slice(at),
        () => text.slice(0, at) + text.slice(at + random(30)),
        () => text.slice(0, at) + (texts[random(texts.length)] ?? '').slice(random(40)) + text.slice(at),
        () => text.slice(at) + text.slice(0, at),
        () => text + text.slice(at),
      ];
      text = (ways[random(ways.length)]?.() ?? text).slice(0, 8_000);
    }
    yield { text, isNoise: false };
  }
}

it('reads 20,000 mutated and random texts: each has an answer, every place is inside the text, noise is unknown', () => {
  let slowest = 0;
  for (const { text, isNoise } of mutations(20_000, 1971)) {
    const started = performance.now();
    const reading = readMessage(text);
    slowest = Math.max(slowest, performance.now() - started);
    if (isNoise) expect(reading.causes[0]?.cause, JSON.stringify(text)).toBe('unknown');
    for (const { causes, start, end, imageAt } of reading.groups) {
      expect(causes.length).toBeGreaterThan(0);
      const places = [{ start, end }, ...(imageAt ? [imageAt] : []), ...causes.flatMap(({ signs }) => signs)];
      if (places.some(({ start, end }) => start < 0 || start > end || end > text.length))
        expect.fail(`a place outside of ${JSON.stringify(text)}: ${JSON.stringify(places)}`);
    }
  }
  // A guard against a hang, not a measurement: that is in bench/.
  expect(slowest).toBeLessThan(1000);
}, 120_000);
