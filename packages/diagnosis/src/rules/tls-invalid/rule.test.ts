import { describe, expect, it } from 'vitest';
import { failure } from '../../../test/evidence/exchange.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { certificate, tlsFails } from '../../../test/evidence/network-faults.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { tlsInvalid } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [tlsInvalid]).findings;

describe('tls-invalid', () => {
  it.each(rowsOf('tls-invalid'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'tls-invalid' });
  });

  it.each(rowsOfOthers('tls-invalid'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it('leaves the clock open where no other clock was seen', () => {
    const evidence = certificate(['expired'], { notAfter: '2025-02-01T00:00:00.000Z' });
    delete evidence.daemon;
    expect(findings(evidence)).toMatchObject([{ alternatives: [{ cause: 'clock-skew' }] }]);
  });

  it('says that an issuer which is not trusted comes next', () => {
    const why = findings(certificate(['wrong-name', 'untrusted']))[0]?.why;
    expect(why).not.toBe(findings(certificate(['wrong-name']))[0]?.why);
  });

  it('tells where a client certificate goes', () => {
    const evidence = tlsFails({
      clientCertificate: 'required',
      failure: failure('tls', 'certificate-required'),
    });
    expect(findings(evidence)[0]?.commands[0]?.command).toContain(
      '/etc/docker/certs.d/registry.corp.example',
    );
  });

  it('holds for insecure registries where it is about the protocol, not the certificate', () => {
    const evidence = tlsFails({ chain: [], failure: failure('tls', 'tls-protocol') });
    expect(findings(evidence)).toMatchObject([{ certainty: 'confirmed' }]);
    const tls = certificate(['expired']).tls as NonNullable<typeof evidence.tls>;
    expect(findings(evidenceOf({}, { tls: { ...tls, use: 'not-verified', failure: null } }))).toEqual([]);
  });

  it('is ruled out by a certificate that was checked', () => {
    expect(diagnose(evidenceOf(), [tlsInvalid]).ruledOut[0]?.why).toContain('2 Mar 2027');
  });
});
