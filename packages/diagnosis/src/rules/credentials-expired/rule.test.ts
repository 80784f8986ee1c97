import { describe, expect, it } from 'vitest';
import { inSeconds, manifestAsk } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { credentialsExpired } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [credentialsExpired]).findings;

describe('credentials-expired', () => {
  it.each(rowsOf('credentials-expired'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'credentials-expired' });
  });

  it.each(rowsOfOthers('credentials-expired'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const refused = manifestAsk(401, { code: 'UNAUTHORIZED' });
  const ends = (seconds: number) => ({
    expiry: {
      state: 'ends' as const,
      endsAt: inSeconds(seconds),
      issuedAt: null,
      source: 'exp of the token',
    },
  });

  it('counts in the clock of the registry: an end that has passed only by ours is none', () => {
    const evidence = pullThatGets(refused, { user: 'deploy', used: ends(-60) });
    const ping = evidence.ping as NonNullable<typeof evidence.ping>;
    expect(findings({ ...evidence, ping: { ...ping, clockOffsetSeconds: -300 } })).toEqual([]);
  });

  it('stays silent when the credential has ended and the pull works all the same', () => {
    const evidence = evidenceOf({ user: 'deploy' });
    const credentials = evidence.credentials as NonNullable<typeof evidence.credentials>;
    const used = credentials.used as NonNullable<typeof credentials.used>;
    expect(
      findings({ ...evidence, credentials: { ...credentials, used: { ...used, ...ends(-60) } } }),
    ).toEqual([]);
  });

  it('says that signing out is enough for a public image', () => {
    const anonymous = manifestAsk(200, { as: 'anonymous' });
    const [finding] = findings(
      pullThatGets(refused, { user: 'AWS', host: 'public.ecr.aws', used: ends(-60), anonymous }),
    );
    expect(finding).toMatchObject({ wizard: 'refresh-credential' });
    expect(finding?.commands[0]?.command).toBe('docker logout public.ecr.aws');
  });

  it('is ruled out by an end that is still to come', () => {
    const evidence = pullThatGets(refused, { user: 'deploy', loginStatus: 401, used: ends(3600) });
    expect(diagnose(evidence, [credentialsExpired])).toMatchObject({
      findings: [],
      ruledOut: [{ cause: 'credentials-expired' }],
    });
  });
});
