import type { ManifestEvidence } from '@pull-doctor/contract/evidence/registry';
import { describe, expect, it } from 'vitest';
import { manifestAsk, runningDaemon } from '../../../test/evidence/healthy-pull.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { repositoryNotFound } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [repositoryNotFound]).findings;

describe('repository-not-found', () => {
  it.each(rowsOf('repository-not-found'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'repository-not-found' });
  });

  it.each(rowsOfOthers('repository-not-found'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const unknownName = manifestAsk(404, { as: 'anonymous', code: 'NAME_UNKNOWN' });

  it('offers only what was proved to exist', () => {
    const evidence = pullThatGets(unknownName);
    const suggestions = [
      {
        reference: 'registry.corp.example/team/web:1.0',
        why: 'One letter differs.',
        proof: 'Its manifest was found.',
      },
    ];
    const manifest = { ...(evidence.manifest as ManifestEvidence), suggestions };
    expect(findings(evidence)[0]?.commands).toEqual([]);
    expect(findings({ ...evidence, manifest })[0]?.commands).toMatchObject([
      { command: 'docker pull registry.corp.example/team/web:1.0' },
    ]);
  });

  it('remembers an image that was built on this host', () => {
    const daemon = { ...runningDaemon(), similarLocal: ['web-frontend:2.3'] };
    expect(findings(pullThatGets(unknownName, {}, { daemon }))[0]?.todo).toContain('web-frontend:2.3');
  });

  it('leaves access-denied open at providers that answer "not there" to who may not read', () => {
    const [finding] = findings(pullThatGets(unknownName, { host: 'rg.fr-par.scw.cloud' }));
    expect(finding?.alternatives.map(({ cause }) => cause)).toEqual(['access-denied']);
  });
});
