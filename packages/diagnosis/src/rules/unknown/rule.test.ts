import { describe, expect, it } from 'vitest';
import { failure } from '../../../test/evidence/exchange.ts';
import { manifestAsk } from '../../../test/evidence/healthy-pull.ts';
import { endingAt, evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pingFails, pullSays, viaProxy } from '../../../test/evidence/network-faults.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';

describe('unknown', () => {
  it.each(rowsOfOthers('unknown'))('stays silent when %s', (_, evidence) => {
    expect(diagnose(evidence).findings.map(({ cause }) => cause)).not.toContain('unknown');
  });

  it('says which steps were not seen', () => {
    const [finding] = diagnose(endingAt('ping', pingFails('http', 'other'))).findings;
    expect(finding).toMatchObject({ cause: 'unknown', certainty: 'guess' });
    expect(finding?.why).toContain('Manifest');
  });

  it('says that the diagnosis was cut off where a step crashed', () => {
    const evidence = endingAt('ping', evidenceOf());
    const notSeen = { ...evidence.notSeen, challenge: { code: 'crashed' as const, why: 'Of null.' } };
    expect(diagnose({ ...evidence, notSeen }).findings[0]?.what).toBe('The diagnosis was cut off.');
  });

  it('does not take a proxy that only Docker can use for a fault', () => {
    const evidence = viaProxy({ scheme: 'socks5', failure: failure('proxy', 'proxy-protocol') });
    expect(diagnose(evidence)).toMatchObject({
      findings: [{ cause: 'unknown', certainty: 'guess' }],
      pullable: 'unknown',
    });
  });

  it('says so when an address is not asked because Pull Doctor is guarded', () => {
    const { findings, pullable } = diagnose(pingFails('guard', 'guarded'));
    expect(findings).toMatchObject([{ cause: 'unknown', certainty: 'guess' }]);
    expect(pullable).toBe('unknown');
  });

  it('quotes an answer that no rule knows', () => {
    const evidence = pullThatGets({ ...manifestAsk(418, { as: 'anonymous' }) });
    expect(diagnose(evidence).findings).toMatchObject([{ cause: 'unknown' }]);
    expect(diagnose(evidence).findings[0]?.why).toContain('418');
  });

  it('speaks for a real pull that failed with words nobody knows', () => {
    const { findings, pullable } = diagnose(evidenceOf({}, { pull: pullSays('gremlins') }));
    expect(findings).toMatchObject([{ cause: 'unknown' }]);
    expect(pullable).toBe('no');
  });
});
