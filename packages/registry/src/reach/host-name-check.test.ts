import { describe, expect, it } from 'vitest';
import { nameFault, namesOf } from './host-name-check.ts';

describe('the name of a certificate, as Go compares it', () => {
  it.each<[string, string[], string | null]>([
    ['example.com', ['DNS:example.com'], null],
    ['EXAMPLE.com', ['DNS:example.COM'], null],
    ['example.com.', ['DNS:example.com'], null],
    ['a.example.com', ['DNS:*.example.com'], null],
    ['a.b.example.com', ['DNS:*.example.com'], 'wrong-name'],
    ['example.com', ['DNS:*.example.com'], 'wrong-name'],
    ['ab.example.com', ['DNS:a*.example.com'], 'wrong-name'],
    ['a.example.com', ['DNS:a.*.com'], 'wrong-name'],
    ['10.0.0.1', ['IP:10.0.0.1'], null],
    ['10.0.0.1', ['DNS:10.0.0.1'], 'wrong-name'],
    ['10.0.0.1', ['DNS:*'], 'wrong-name'],
    ['::1', ['IP:0:0:0:0:0:0:0:1'], null],
    ['example.com', ['IP:10.0.0.1'], 'wrong-name'],
    ['example.com', [], 'no-names'],
  ])('%s against %j: %s', (host, names, fault) => expect(nameFault(host, names)).toBe(fault));

  it('is taken apart where it tries to look like two', () => {
    expect(namesOf('DNS:localhost, IP Address:127.0.0.1, DNS:"a, DNS:evil.example"')).toEqual([
      'DNS:localhost',
      'IP:127.0.0.1',
      'DNS:"a, DNS:evil.example"',
    ]);
    expect(namesOf(undefined)).toEqual([]);
  });
});
