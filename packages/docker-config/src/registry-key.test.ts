import { describe, expect, it } from 'vitest';
import { hostOfKey, lookupKeyOf } from './registry-key.ts';

describe('the host of a key', () => {
  it.each([
    ['reg.example.com', 'reg.example.com'],
    ['reg.example.com:5000', 'reg.example.com:5000'],
    ['https://reg.example.com/v1/', 'reg.example.com'],
    ['https://reg.example.com:443/', 'reg.example.com:443'],
    ['http://[::1]:5000/', '[::1]:5000'],
    ['reg.example.com/team', 'reg.example.com'],
    ['Reg.Example.com', 'Reg.Example.com'],
    ['https://', 'https:'],
    ['', ''],
  ])('%j is %j', (key, host) => {
    expect(hostOfKey(key)).toBe(host);
  });
});

describe('the key of a registry', () => {
  it.each([
    ['docker.io', 'https://index.docker.io/v1/'],
    ['ghcr.io', 'ghcr.io'],
    ['localhost:5000', 'localhost:5000'],
    ['registry-1.docker.io', 'registry-1.docker.io'],
  ])('%s is %s', (registry, key) => {
    expect(lookupKeyOf(registry)).toBe(key);
  });
});
