import type { CredentialsEvidence, HelperRun } from '@pull-doctor/contract/evidence/credentials';
import { describe, expect, it } from 'vitest';
import { manifestAsk, noLogin, storedLogin } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { helperFailed } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [helperFailed]).findings;

describe('helper-failed', () => {
  it.each(rowsOfOthers('helper-failed'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const refused = manifestAsk(401, { as: 'anonymous', code: 'UNAUTHORIZED' });
  const run = (parts: Partial<HelperRun>): HelperRun => ({
    name: 'ecr-login',
    program: 'docker-credential-ecr-login',
    foundAt: null,
    searched: ['/usr/bin'],
    outcome: 'failed',
    exitStatus: null,
    message: null,
    ms: 3,
    ...parts,
  });
  const helper = (parts: Partial<HelperRun>): CredentialsEvidence => ({
    ...noLogin('registry.corp.example'),
    helper: run(parts),
  });

  it.each<HelperRun['outcome']>(['failed', 'timed-out', 'garbage'])(
    'speaks when the helper %s',
    (outcome) => {
      const evidence = pullThatGets(refused, {}, { credentials: helper({ outcome }) });
      expect(findings(evidence)).toMatchObject([{ certainty: 'confirmed', wizard: 'credential-helper' }]);
    },
  );

  it('asks the helper without showing what it prints', () => {
    const [finding] = findings(pullThatGets(refused, {}, { credentials: helper({}) }));
    expect(finding?.commands[0]?.command).toContain('get > /dev/null');
  });

  it('knows what mends a helper that wants a desktop session', () => {
    const plain = findings(pullThatGets(refused, {}, { credentials: helper({}) }))[0]?.todo;
    const message = 'Cannot autolaunch D-Bus without X11 $DISPLAY';
    const desktop = findings(pullThatGets(refused, {}, { credentials: helper({ message }) }))[0]?.todo;
    expect(desktop).not.toBe(plain);
    expect(desktop).toContain('desktop session');
  });

  it('stays open for a helper that lives on the host', () => {
    const evidence = pullThatGets(refused, {}, { credentials: helper({ outcome: 'elsewhere' }) });
    const { findings: found, open } = diagnose(evidence, [helperFailed]);
    expect(found).toEqual([]);
    expect(open).toMatchObject([{ cause: 'helper-failed' }]);
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
