import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { dnsFails } from '../../../test/evidence/network-faults.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { dnsFailure } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [dnsFailure]).findings;

describe('dns-failure', () => {
  it.each(rowsOf('dns-failure'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'dns-failure' });
  });

  it.each(rowsOfOthers('dns-failure'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it('looks the name up without its port', () => {
    const [finding] = findings(dnsFails('name-not-found', { host: 'nx.corp.example:5000' }));
    expect(finding?.commands[0]?.command).toBe('getent ahosts nx.corp.example');
    expect(finding?.wizard).toBe('network');
  });

  it('leaves proxy-failure open where another proxy setting is known and was not tried', () => {
    const proxy = evidenceOf().proxy as NonNullable<ReturnType<typeof evidenceOf>['proxy']>;
    const evidence = dnsFails(
      'name-not-found',
      {},
      {
        proxy: { ...proxy, otherVantage: { what: 'Pull Doctor has a proxy of its own.', reached: null } },
      },
    );
    expect(findings(evidence)).toMatchObject([{ alternatives: [{ cause: 'proxy-failure' }] }]);
  });

  it('is ruled out by an address', () => {
    expect(diagnose(evidenceOf(), [dnsFailure]).ruledOut).toMatchObject([{ cause: 'dns-failure' }]);
  });
});
