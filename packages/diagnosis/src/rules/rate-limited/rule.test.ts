import type { ManifestEvidence } from '@pull-doctor/contract/evidence/registry';
import { describe, expect, it } from 'vitest';
import { answered } from '../../../test/evidence/exchange.ts';
import { manifestAsk } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { rateLimited } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [rateLimited]).findings;

describe('rate-limited', () => {
  it.each(rowsOf('rate-limited'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'rate-limited' });
  });

  it.each(rowsOfOthers('rate-limited'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const ask = manifestAsk(429, { as: 'anonymous', code: 'TOOMANYREQUESTS' });
  const limited = (remaining: number) => {
    const evidence = evidenceOf({ host: 'docker.io', repository: 'library/nginx' });
    const rateLimit = {
      limit: 100,
      remaining,
      windowSeconds: 21_600,
      source: '192.0.2.7',
      retryAfterSeconds: null,
    };
    return { ...evidence, manifest: { ...(evidence.manifest as ManifestEvidence), rateLimit } };
  };

  it('says until when, as the registry says it', () => {
    const head = answered(429, { headers: { 'retry-after': '3600' } });
    expect(findings(pullThatGets({ ...ask, head, get: null }))[0]?.what).toContain('15:32 UTC');
  });

  it('offers a sign-in to who is not signed in, and only then', () => {
    expect(findings(pullThatGets(ask))[0]?.commands).not.toEqual([]);
    expect(findings(pullThatGets(manifestAsk(429), { user: 'deploy' }))[0]?.commands).toEqual([]);
  });

  it('speaks before the pull fails, when no pulls are left', () => {
    expect(findings(limited(0))).toMatchObject([{ certainty: 'likely', wizard: 'rate-limited' }]);
  });

  it('is ruled out by pulls that are left', () => {
    expect(diagnose(limited(38), [rateLimited])).toMatchObject({
      findings: [],
      ruledOut: [{ cause: 'rate-limited' }],
    });
  });
});
