import { describe, expect, it } from 'vitest';
import { runningDaemon } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { certificate } from '../../../test/evidence/network-faults.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { tlsUntrusted } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [tlsUntrusted]).findings;

describe('tls-untrusted', () => {
  it.each(rowsOf('tls-untrusted'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'tls-untrusted' });
  });

  it.each(rowsOfOthers('tls-untrusted'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it('trusts a private authority for this registry only, named as in the image', () => {
    const [finding] = findings(certificate(['untrusted']));
    expect(finding?.commands[0]?.command).toBe(
      'sudo mkdir -p /etc/docker/certs.d/registry.corp.example && sudo cp ca.crt /etc/docker/certs.d/registry.corp.example/ca.crt',
    );
    expect(finding?.wizard).toBe('trust-certificate');
  });

  it('trusts an inspecting proxy in the whole system, since every host shows its certificate', () => {
    const evidence = certificate(['untrusted']);
    const tls = evidence.tls as NonNullable<typeof evidence.tls>;
    const [finding] = findings({
      ...evidence,
      tls: { ...tls, interception: { suspected: true, why: ['The issuer is that of the proxy.'] } },
    });
    expect(finding?.commands[0]?.command).toContain('update-ca-certificates');
    expect(finding?.restsOn.map(({ step }) => step)).toEqual(['tls', 'proxy']);
  });

  it('uses the folder of the user where Docker is rootless', () => {
    const evidence = { ...certificate(['self-signed']), daemon: runningDaemon({ variant: 'rootless' }) };
    expect(findings(evidence)[0]?.commands[0]?.command).toBe(
      'mkdir -p ~/.config/docker/certs.d/registry.corp.example && cp ca.crt ~/.config/docker/certs.d/registry.corp.example/ca.crt',
    );
  });

  it('stays silent about a registry whose certificate the daemon does not check', () => {
    const tls = certificate(['untrusted']).tls as NonNullable<ReturnType<typeof evidenceOf>['tls']>;
    expect(findings(evidenceOf({}, { tls: { ...tls, use: 'not-verified', failure: null } }))).toEqual([]);
  });
});
