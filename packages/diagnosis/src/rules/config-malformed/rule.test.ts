import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import { describe, expect, it } from 'vitest';
import { manifestAsk, noLogin } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { dnsFails } from '../../../test/evidence/network-faults.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { configMalformed } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [configMalformed]).findings;

describe('config-malformed', () => {
  it.each(rowsOfOthers('config-malformed'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const refused = manifestAsk(401, { as: 'anonymous', code: 'UNAUTHORIZED' });
  const file = (parts: Partial<CredentialsEvidence['file']>): CredentialsEvidence => {
    const none = noLogin('registry.corp.example');
    return { ...none, file: { ...none.file, ...parts } };
  };
  const fault = (code: CredentialsEvidence['file']['faults'][number]['code'], key: string | null = null) => ({
    code,
    what: 'Something is wrong.',
    key,
    line: 5,
    column: 2,
  });

  it.each([
    ['cut-short', file({ state: 'malformed', faults: [fault('cut-short')] })],
    ['empty-file', file({ state: 'malformed', faults: [fault('empty-file')] })],
    ['is-a-directory', file({ state: 'unreadable', faults: [fault('is-a-directory')] })],
    ['bad-base64', file({ faults: [fault('bad-base64', 'registry.corp.example')] })],
  ])('speaks when the pull is refused without a login and the file is %s', (_, credentials) => {
    expect(findings(pullThatGets(refused, {}, { credentials }))).toMatchObject([
      {
        cause: 'config-malformed',
        wizard: 'repair-config',
        alternatives: [{ cause: 'credentials-missing' }],
      },
    ]);
  });

  it('is not certain of a file that only Pull Doctor may be unable to read', () => {
    const credentials = file({ state: 'unreadable', faults: [fault('unreadable')], owner: 'root' });
    expect(findings(pullThatGets(refused, {}, { credentials }))).toMatchObject([{ certainty: 'likely' }]);
  });

  it('stays silent when the broken entry is another registry’s and no entry of this one was lost', () => {
    const credentials = file({ faults: [fault('bad-base64', 'old.example.com')] });
    expect(findings(pullThatGets(refused, {}, { credentials }))).toEqual([]);
  });

  it('stays silent on a public image', () => {
    const credentials = file({ state: 'malformed', faults: [fault('comment')] });
    expect(findings(evidenceOf({}, { credentials }))).toEqual([]);
  });

  it('stays open where the registry was not reached', () => {
    const credentials = file({ state: 'malformed', faults: [fault('comment')] });
    const { open } = diagnose(dnsFails('name-not-found', {}, { credentials }), [configMalformed]);
    expect(open).toMatchObject([{ cause: 'config-malformed' }]);
  });
});
