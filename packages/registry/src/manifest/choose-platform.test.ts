import { describe, expect, it } from 'vitest';
import { choosePlatform } from './choose-platform.ts';

function platform(text: string) {
  const [os = '', architecture = '', variant = null] = text.split('/');
  return { os, architecture, variant };
}

describe('the manifest of an index that Docker takes', () => {
  it.each<[wanted: string, offered: string[], chosen: string | null]>([
    ['linux/amd64', ['linux/arm64', 'linux/amd64'], 'linux/amd64'],
    ['linux/amd64', ['linux/386'], 'linux/386'],
    ['linux/amd64', ['linux/amd64/v2'], null],
    ['linux/amd64/v3', ['linux/amd64', 'linux/amd64/v2'], 'linux/amd64/v2'],
    ['linux/arm64', ['linux/arm64/v8'], 'linux/arm64/v8'],
    ['linux/arm64/v8', ['linux/arm64'], 'linux/arm64'],
    ['linux/arm64', ['linux/arm/v7'], 'linux/arm/v7'],
    ['linux/arm/v7', ['linux/arm/v5', 'linux/arm/v6'], 'linux/arm/v6'],
    ['linux/arm/v6', ['linux/arm/v7'], null],
    ['linux/arm', ['linux/arm/v7'], 'linux/arm/v7'],
    ['linux/arm/v7', ['linux/arm64'], null],
    ['linux/aarch64', ['linux/arm64'], 'linux/arm64'],
    ['linux/s390x', ['linux/amd64', 'linux/arm64'], null],
    ['windows/amd64', ['linux/amd64'], null],
    ['linux/amd64', [], null],
  ])('%s of %j: %s', (wanted, offered, chosen) => {
    const found = choosePlatform(
      platform(wanted),
      offered.map((text) => ({ text, platform: platform(text) })),
    );
    expect(found?.text ?? null).toBe(chosen);
  });
});
