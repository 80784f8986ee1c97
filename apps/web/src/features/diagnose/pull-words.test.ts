import { describe, expect, it } from 'vitest';
import { pullSentence } from './pull-words.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const progress = {
  bytes: 12e6,
  totalBytes: 40e6,
  layers: 7,
  layersDone: 3,
  bytesPerSecond: 4.2e6,
  secondsLeft: 7,
  each: [],
  status: 'Downloading',
};

describe('how far a pull is', () => {
  it('says bytes, layers, speed and the time that is left', () => {
    expect(plain(pullSentence(progress))).toMatch(/^12 MB of 40 MB, 3 of 7 layers, 4(\.2)? MB\/s, 7 s left$/);
  });

  it('says only what is known', () => {
    const begun = {
      ...progress,
      totalBytes: 0,
      bytes: 0,
      layers: 0,
      bytesPerSecond: null,
      secondsLeft: null,
    };
    expect(plain(pullSentence(begun))).toBe('0 B');
    expect(plain(pullSentence({ ...progress, secondsLeft: null }))).not.toContain('left');
  });

  it('promises nothing once all bytes are there', () => {
    expect(plain(pullSentence({ ...progress, bytes: 40e6, secondsLeft: 0 }))).toBe(
      '40 MB of 40 MB, 3 of 7 layers',
    );
  });
});
