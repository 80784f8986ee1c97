import { describe, expect, it } from 'vitest';
import { isInsecure } from './insecure.ts';

describe('an insecure registry', () => {
  it.each<[registry: string, addresses: string[], insecureRegistries: string[]]>([
    ['localhost:5000', ['127.0.0.1'], []],
    ['localhost:5000', ['::1'], []],
    ['127.0.0.1:5000', [], []],
    ['127.9.9.9', [], []],
    ['[::1]:5000', [], []],
    ['reg.example.com:5000', [], ['reg.example.com:5000']],
    ['reg.example.com', [], ['reg.example.com']],
    ['reg.example.com', [], ['http://reg.example.com']],
    ['10.1.2.3:5000', [], ['10.0.0.0/8']],
    ['reg.example.com:5000', ['192.0.2.1', '10.1.2.3'], ['10.0.0.0/8']],
    ['reg.example.com', ['::ffff:10.1.2.3'], ['10.0.0.0/8']],
    ['reg.example.com', ['fd00::5'], ['fd00::/8']],
    ['[fd00::5]:5000', [], ['fd00::/8']],
    ['10.1.2.3', [], ['10.1.2.3/32']],
  ])('is %s at %j with %j', (registry, addresses, insecureRegistries) => {
    expect(isInsecure({ registry, addresses, insecureRegistries }).insecure).toBe(true);
  });

  it.each<[registry: string, addresses: string[], insecureRegistries: string[]]>([
    ['docker.io', ['127.0.0.1'], ['docker.io', 'registry-1.docker.io', '0.0.0.0/0']],
    ['ghcr.io', ['140.82.121.33'], []],
    ['reg.example.com:5000', [], ['reg.example.com']],
    ['reg.example.com', [], ['reg.example.com:5000']],
    ['reg.example.com', [], ['REG.example.com']],
    ['reg.example.com', [], ['*.example.com']],
    ['reg.example.com', ['10.1.2.3'], ['192.168.0.0/16']],
    ['reg.example.com', [], ['10.0.0.0/8']],
    ['reg.example.com', ['10.1.2.3'], ['10.0.0.0']],
    ['reg.example.com', ['10.1.2.3'], ['10.0.0.0/99', 'not a range', '']],
    ['[::1]', [], []],
    ['reg.example.com', ['fe80::1%eth0', 'nonsense'], ['fd00::/8']],
  ])('is not %s at %j with %j', (registry, addresses, insecureRegistries) => {
    expect(isInsecure({ registry, addresses, insecureRegistries }).insecure).toBe(false);
  });
});
