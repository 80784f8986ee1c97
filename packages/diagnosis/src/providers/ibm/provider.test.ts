import { describe, expect, it } from 'vitest';
import { ibm } from './provider.ts';

describe('ibm', () => {
  it.each(['icr.io', 'de.icr.io', 'private.us.icr.io', 'jp2.icr.io'])('owns %s', (host) => {
    expect(ibm.owns(host)).toBe(true);
  });

  it.each(['evilicr.io'])('does not own %s', (host) => {
    expect(ibm.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = ibm.signIn({ host: 'de.icr.io', repository: null, user: null });
    expect(first?.command).toBe('docker login --username iamapikey de.icr.io');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('takes the entitlement key for entitled software', () => {
    expect(ibm.signIn({ host: 'cp.icr.io', repository: null, user: null })[0]?.command).toBe(
      'docker login --username cp cp.icr.io',
    );
  });
});
