import type { CredentialsEvidence, HelperRun } from '@pull-doctor/contract/evidence/credentials';
import { describe, expect, it } from 'vitest';
import { manifestAsk, noLogin, storedLogin } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { helperMissing } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [helperMissing]).findings;

describe('helper-missing', () => {
  it.each(rowsOfOthers('helper-missing'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const refused = manifestAsk(401, { as: 'anonymous', code: 'UNAUTHORIZED' });
  const run = (parts: Partial<HelperRun>): HelperRun => ({
    name: 'ecr-login',
    program: 'docker-credential-ecr-login',
    foundAt: null,
    searched: ['/usr/bin'],
    outcome: 'missing',
    exitStatus: null,
    message: null,
    ms: 3,
    ...parts,
  });
  const helper = (parts: Partial<HelperRun>): CredentialsEvidence => ({
    ...noLogin('registry.corp.example'),
    helper: run(parts),
  });

  it('names the package that brings the program', () => {
    const [finding] = findings(pullThatGets(refused, {}, { credentials: helper({}) }));
    expect(finding).toMatchObject({
      certainty: 'confirmed',
      confirmedBy: 'probe',
      wizard: 'credential-helper',
    });
    expect(finding?.commands.map(({ command }) => command)).toContain(
      'sudo apt-get install amazon-ecr-credential-helper',
    );
  });

  it('speaks of a program that is there and may not be executed', () => {
    const credentials = helper({
      outcome: 'not-executable',
      foundAt: '/usr/bin/docker-credential-ecr-login',
    });
    expect(findings(pullThatGets(refused, {}, { credentials }))).toMatchObject([{ cause: 'helper-missing' }]);
  });

  it.each<[string, ReturnType<typeof evidenceOf>]>([
    ['the image is public', evidenceOf({}, { credentials: helper({}) })],
    [
      'the login was found in the file after all',
      evidenceOf(
        { user: 'deploy' },
        {
          credentials: { ...storedLogin('registry.corp.example', 'deploy'), helper: run({}) },
        },
      ),
    ],
    [
      'the helper works and holds nothing',
      pullThatGets(refused, {}, { credentials: helper({ outcome: 'not-found' }) }),
    ],
  ])('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });
});
