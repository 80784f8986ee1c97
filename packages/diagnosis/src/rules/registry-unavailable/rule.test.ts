import { describe, expect, it } from 'vitest';
import { answered } from '../../../test/evidence/exchange.ts';
import { manifestAsk, tokenAsk } from '../../../test/evidence/healthy-pull.ts';
import { pingFails } from '../../../test/evidence/network-faults.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { registryUnavailable } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [registryUnavailable]).findings;

describe('registry-unavailable', () => {
  it.each(rowsOf('registry-unavailable'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'registry-unavailable' });
  });

  it.each(rowsOfOthers('registry-unavailable'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it('passes on how long the registry asks to wait, and its status page', () => {
    const ask = manifestAsk(503, { as: 'anonymous' });
    const head = answered(503, { headers: { 'Retry-After': '120' } });
    const [finding] = findings(pullThatGets({ ...ask, head, get: null }, { host: 'ghcr.io' }));
    expect(finding?.todo).toContain('2 m');
    expect(finding?.todo).toContain('githubstatus.com');
  });

  it('speaks when the challenge is one that Docker cannot answer', () => {
    const evidence = pullThatGets(manifestAsk(401, { as: 'anonymous' }));
    const challenge = evidence.challenge as NonNullable<typeof evidence.challenge>;
    const fault = 'Docker answers Bearer and Basic; this registry asks for negotiate.';
    const negotiate = { ...evidence, challenge: { ...challenge, chosen: null, realm: null, fault } };
    expect(diagnose(negotiate).findings).toMatchObject([
      { cause: 'registry-unavailable', certainty: 'very-likely' },
    ]);
  });

  it('speaks when the realm is no address', () => {
    const evidence = pullThatGets(null, {
      user: 'deploy',
      token: { ...tokenAsk(200), outcome: 'not-sent', exchange: null, token: null },
    });
    const challenge = evidence.challenge as NonNullable<typeof evidence.challenge>;
    const realm = {
      url: '/token',
      host: null,
      allowed: false,
      code: 'not-an-address' as const,
      why: 'It has no host.',
    };
    const { findings: found } = diagnose({ ...evidence, challenge: { ...challenge, realm } });
    expect(found).toMatchObject([{ cause: 'registry-unavailable', certainty: 'very-likely' }]);
  });

  it('speaks of an answer at the manifest that no client can use', () => {
    const ask = manifestAsk(200, { as: 'anonymous' });
    const evidence = pullThatGets({
      ...ask,
      outcome: 'failed',
      status: null,
      head: pingFails('http', 'body-too-large').ping?.exchange ?? ask.head,
    });
    expect(findings(evidence)).toMatchObject([{ certainty: 'confirmed' }]);
  });
});
