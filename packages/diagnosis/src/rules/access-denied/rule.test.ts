import { describe, expect, it } from 'vitest';
import { manifestAsk } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { accessDenied } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [accessDenied]).findings;

describe('access-denied', () => {
  it.each(rowsOf('access-denied'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'access-denied' });
  });

  it.each(rowsOfOthers('access-denied'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it.each([
    ['GHCR', 'permission_denied: read_package', 'confirmed'],
    ['ACR', 'Insufficient scopes to perform the operation', 'confirmed'],
    ['Artifactory', 'The client does not have permission for manifest', 'confirmed'],
    [
      'Artifact Registry',
      'Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/p" (or it may not exist)',
      'likely',
    ],
  ])('reads the words of %s', (_, message, certainty) => {
    const evidence = pullThatGets(manifestAsk(403, { code: 'DENIED', message }), { user: 'deploy' });
    expect(findings(evidence)).toMatchObject([{ certainty, wizard: 'access-denied' }]);
  });

  it('leaves open whether the repository exists, until a list of tags proves it', () => {
    const ask = manifestAsk(403, { code: 'DENIED' });
    expect(
      findings(pullThatGets(ask, { user: 'deploy' }))[0]?.alternatives.map(({ cause }) => cause),
    ).toEqual(['repository-not-found']);
    expect(findings(pullThatGets(ask, { user: 'deploy', exists: 'yes' }))[0]).toMatchObject({
      certainty: 'confirmed',
      alternatives: [],
    });
  });

  it('says that signing out is enough where anybody may read the image', () => {
    const evidence = pullThatGets(manifestAsk(403, { code: 'DENIED' }), {
      user: 'deploy',
      anonymous: manifestAsk(200, { as: 'anonymous' }),
    });
    expect(findings(evidence)[0]?.commands[0]?.command).toBe('docker logout registry.corp.example');
  });

  it('stays open while the login is not valid, and is ruled out by a manifest that may be read', () => {
    const refused = pullThatGets(manifestAsk(401, { code: 'UNAUTHORIZED' }), {
      user: 'deploy',
      loginStatus: 401,
    });
    expect(diagnose(refused, [accessDenied]).open).toMatchObject([{ cause: 'access-denied' }]);
    expect(diagnose(evidenceOf(), [accessDenied]).ruledOut).toMatchObject([{ cause: 'access-denied' }]);
  });
});
