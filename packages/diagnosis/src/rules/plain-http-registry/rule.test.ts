import { describe, expect, it } from 'vitest';
import { answered, failure } from '../../../test/evidence/exchange.ts';
import { tlsFails } from '../../../test/evidence/network-faults.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { plainHttpRegistry } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [plainHttpRegistry]).findings;

describe('plain-http-registry', () => {
  it.each(rowsOf('plain-http-registry'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'plain-http-registry' });
  });

  it.each(rowsOfOthers('plain-http-registry'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const speaksHttp = (isRegistry: boolean, status: number) =>
    tlsFails({
      chain: [],
      failure: failure('tls', 'not-tls'),
      plain: { speaks: 'http', greeting: 'HTTP/1.1 400', ping: answered(status), isRegistry },
    });

  it('warns of what insecure-registries exposes', () => {
    const [finding] = findings(speaksHttp(true, 200));
    expect(finding?.todo).toContain('in the clear');
    expect(finding?.wizard).toBe('trust-certificate');
  });

  it('is only likely when the port asks for a login and does not name itself a registry', () => {
    expect(findings(speaksHttp(false, 401))).toMatchObject([{ certainty: 'likely' }]);
  });

  it('stays silent on a web server', () => {
    expect(findings(speaksHttp(false, 404))).toEqual([]);
  });

  it('stays silent when the daemon allows plain http here', () => {
    const evidence = speaksHttp(true, 200);
    const tls = evidence.tls as NonNullable<typeof evidence.tls>;
    expect(findings({ ...evidence, tls: { ...tls, use: 'plain-http', failure: null } })).toEqual([]);
  });
});
