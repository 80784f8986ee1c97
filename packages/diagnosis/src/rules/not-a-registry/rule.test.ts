import { describe, expect, it } from 'vitest';
import { answered, failure } from '../../../test/evidence/exchange.ts';
import { pingAnswers, tlsFails } from '../../../test/evidence/network-faults.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { notARegistry } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [notARegistry]).findings;

describe('not-a-registry', () => {
  it.each(rowsOf('not-a-registry'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'not-a-registry' });
  });

  it.each(rowsOfOthers('not-a-registry'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it('leaves plain http open where nobody asked over plain http', () => {
    const evidence = tlsFails({ chain: [], failure: failure('tls', 'not-tls'), plain: null });
    expect(findings(evidence)).toMatchObject([
      { certainty: 'likely', alternatives: [{ cause: 'plain-http-registry' }] },
    ]);
  });

  it('stays silent when a port with TLS refuses plain HTTP, as such ports do', () => {
    const plain = {
      speaks: 'http' as const,
      greeting: 'HTTP/1.1 400',
      ping: answered(400),
      isRegistry: false,
    };
    const evidence = tlsFails({ chain: [], failure: failure('tls', 'reset'), plain });
    expect(findings(evidence)).toEqual([]);
    expect(diagnose(evidence).findings).toMatchObject([{ cause: 'connection-failure' }]);
  });

  it.each([500, 502, 503, 429])('stays silent when /v2/ answers %i, whatever the page says', (status) => {
    expect(findings(pingAnswers(status, 'no', { html: '<html>' }))).toEqual([]);
  });
});
