import type { ManifestEvidence } from '@pull-doctor/contract/evidence/registry';
import { describe, expect, it } from 'vitest';
import { answered } from '../../../test/evidence/exchange.ts';
import { manifestAsk } from '../../../test/evidence/healthy-pull.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { tagNotFound } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [tagNotFound]).findings;

describe('tag-not-found', () => {
  it.each(rowsOf('tag-not-found'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'tag-not-found' });
  });

  it.each(rowsOfOthers('tag-not-found'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const unknownManifest = manifestAsk(404, { as: 'anonymous', code: 'MANIFEST_UNKNOWN' });

  it('lists tags that are close', () => {
    const evidence = pullThatGets(unknownManifest, { exists: 'yes' });
    const tags = { seen: 3, complete: true, near: ['v2.19-rc1', 'v2.19'], exchange: null };
    const manifest = { ...(evidence.manifest as ManifestEvidence), tags };
    expect(findings({ ...evidence, manifest })[0]?.todo).toContain('v2.19-rc1 and v2.19');
  });

  it('believes providers that say MANIFEST_UNKNOWN only of repositories that exist', () => {
    expect(findings(pullThatGets(unknownManifest, { host: 'ghcr.io' }))).toMatchObject([
      { certainty: 'very-likely', alternatives: [] },
    ]);
    expect(findings(pullThatGets(unknownManifest))).toMatchObject([
      { certainty: 'likely', alternatives: [{ cause: 'repository-not-found' }] },
    ]);
  });

  it('stays silent on a page that says 404 where no registry was recognised', () => {
    const ask = { ...manifestAsk(404, { as: 'anonymous' }), get: answered(404, { html: '<html>' }) };
    const evidence = pullThatGets(ask);
    const ping = evidence.ping as NonNullable<typeof evidence.ping>;
    expect(findings({ ...evidence, ping: { ...ping, isRegistry: 'unknown' } })).toEqual([]);
    expect(findings(evidence)).toMatchObject([{ certainty: 'likely' }]);
  });
});
