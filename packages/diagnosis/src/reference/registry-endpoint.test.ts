import { describe, expect, it } from 'vitest';
import { registryEndpoint } from './registry-endpoint.ts';

describe('the endpoint of a registry', () => {
  it.each([
    ['docker.io', { host: 'registry-1.docker.io', port: 443, portGiven: false }],
    ['ghcr.io', { host: 'ghcr.io', port: 443, portGiven: false }],
    ['localhost:5000', { host: 'localhost', port: 5000, portGiven: true }],
    ['127.0.0.1:443', { host: '127.0.0.1', port: 443, portGiven: true }],
    ['[::1]:5000', { host: '::1', port: 5000, portGiven: true }],
    ['[fd00::1]', { host: 'fd00::1', port: 443, portGiven: false }],
    ['docker.io:443', { host: 'docker.io', port: 443, portGiven: true }],
  ])('%s', (registry, endpoint) => {
    expect(registryEndpoint(registry)).toEqual(endpoint);
  });
});
