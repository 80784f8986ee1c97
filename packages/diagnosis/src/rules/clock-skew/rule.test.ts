import { describe, expect, it } from 'vitest';
import { inSeconds, manifestAsk, runningDaemon, tokenAsk } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { clockSkew } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [clockSkew]).findings;

describe('clock-skew', () => {
  it.each(rowsOf('clock-skew'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'clock-skew' });
  });

  it.each(rowsOfOthers('clock-skew'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const invalidToken = manifestAsk(401, { code: 'UNAUTHORIZED', challengeError: 'invalid_token' });
  const tokenFrom = (seconds: number) =>
    tokenAsk(200, {
      token: {
        issuedAt: inSeconds(seconds),
        notBefore: inSeconds(seconds),
        expiresAt: inSeconds(seconds + 60),
      },
    });
  const registryClock = (evidence: ReturnType<typeof evidenceOf>, clockOffsetSeconds: number) => ({
    ...evidence,
    ping: { ...(evidence.ping as NonNullable<typeof evidence.ping>), clockOffsetSeconds },
  });

  it('stays silent about a token that is early by less than a minute', () => {
    expect(findings(pullThatGets(invalidToken, { user: 'deploy', token: tokenFrom(50) }))).toEqual([]);
  });

  it('goes by the clock of the registry: a token that is early only by ours is none', () => {
    const evidence = pullThatGets(invalidToken, { user: 'deploy', token: tokenFrom(3600) });
    expect(findings(registryClock(evidence, 3600))).toEqual([]);
  });

  it('speaks when the daemon’s clock makes a good certificate invalid', () => {
    const evidence = evidenceOf({}, { daemon: runningDaemon({ clockOffsetSeconds: -400 * 86_400 }) });
    expect(findings(evidence)).toMatchObject([{ certainty: 'very-likely', wizard: 'daemon-and-host' }]);
  });

  it('stays open where a clock differs and nothing depended on it yet', () => {
    const { findings: found, open } = diagnose(registryClock(evidenceOf(), 300), [clockSkew]);
    expect(found).toEqual([]);
    expect(open).toMatchObject([{ cause: 'clock-skew' }]);
  });

  it('is ruled out by clocks that agree', () => {
    expect(diagnose(evidenceOf(), [clockSkew]).ruledOut).toMatchObject([{ cause: 'clock-skew' }]);
  });
});
