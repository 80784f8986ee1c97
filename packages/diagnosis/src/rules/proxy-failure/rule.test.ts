import { describe, expect, it } from 'vitest';
import { answered } from '../../../test/evidence/exchange.ts';
import { proxyAnswers, viaProxy } from '../../../test/evidence/network-faults.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { proxyFailure } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [proxyFailure]).findings;

describe('proxy-failure', () => {
  it.each(rowsOf('proxy-failure'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'proxy-failure' });
  });

  it.each(rowsOfOthers('proxy-failure'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it('tells a login that is missing from one that is wrong', () => {
    const missing = findings(proxyAnswers(407))[0]?.what;
    const wrong = findings(proxyAnswers(407, { hasLogin: true }))[0]?.what;
    expect(missing).not.toBe(wrong);
  });

  it.each([502, 503, 504])(
    'leaves open whether proxy or registry is at fault when the proxy answers %i',
    (status) => {
      expect(findings(proxyAnswers(status))).toMatchObject([
        { certainty: 'likely', alternatives: [{ cause: 'connection-failure' }] },
      ]);
    },
  );

  it('speaks when the proxy answers in the place of a registry with plain http', () => {
    const evidence = viaProxy({});
    const ping = evidence.ping as NonNullable<typeof evidence.ping>;
    const exchange = answered(403, { html: '<html>', headers: { 'X-Squid-Error': 'ERR_ACCESS_DENIED 0' } });
    expect(findings({ ...evidence, ping: { ...ping, exchange } })).toMatchObject([{ certainty: 'likely' }]);
  });

  it('is ruled out by a certificate that came through the proxy unchanged', () => {
    expect(diagnose(viaProxy({}), [proxyFailure]).ruledOut).toMatchObject([{ cause: 'proxy-failure' }]);
  });

  it('never puts a password into a command', () => {
    const evidence = proxyAnswers(407, {
      hasLogin: true,
      address: 'http://lab:[redacted]@proxy.corp.example:3128',
    });
    const commands = findings(evidence).flatMap((finding) => finding.commands.map(({ command }) => command));
    expect(commands.join(' ')).not.toContain('lab:');
  });
});
