import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pingFails, tcpFails } from '../../../test/evidence/network-faults.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { connectionFailure } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [connectionFailure]).findings;

describe('connection-failure', () => {
  it.each(rowsOf('connection-failure'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'connection-failure' });
  });

  it.each(rowsOfOthers('connection-failure'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it.each(['reset', 'closed', 'answer-timed-out', 'body-cut-short'] as const)(
    'speaks when the ping is %s',
    (code) => {
      expect(findings(pingFails('http', code))).toMatchObject([
        { certainty: 'confirmed', wizard: 'network' },
      ]);
    },
  );

  it('asks the token server itself where that one is out of reach', () => {
    const row = rowsOf('connection-failure').find(([name]) => name.startsWith('the token server'));
    const [finding] = findings(row?.[1] as ReturnType<typeof evidenceOf>);
    expect(finding?.commands[0]?.command).toContain('https://auth.corp.example/');
  });

  it('is only likely when the time for the diagnosis was up while it waited', () => {
    expect(findings(pingFails('deadline', 'stopped'))).toMatchObject([{ certainty: 'likely' }]);
  });

  it('stays silent when a person stopped the diagnosis', () => {
    const evidence = pingFails('deadline', 'stopped');
    const notSeen = { ...evidence.notSeen, manifest: { code: 'stopped' as const, why: 'Stopped' } };
    expect(findings({ ...evidence, notSeen })).toEqual([]);
  });

  it('stays silent when the way around the proxy leads to the registry', () => {
    const proxy = evidenceOf().proxy as NonNullable<ReturnType<typeof evidenceOf>['proxy']>;
    const evidence = {
      ...tcpFails('refused'),
      proxy: { ...proxy, otherVantage: { what: 'Another way.', reached: true } },
    };
    expect(findings(evidence)).toEqual([]);
  });
});
