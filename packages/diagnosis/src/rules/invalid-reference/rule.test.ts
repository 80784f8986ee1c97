import { describe, expect, it } from 'vitest';
import { manifestAsk } from '../../../test/evidence/healthy-pull.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { invalidReference } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [invalidReference]).findings;

describe('invalid-reference', () => {
  it.each(rowsOf('invalid-reference'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'invalid-reference' });
  });

  it.each(rowsOfOthers('invalid-reference'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it('offers the corrected pull, quoted for a shell', () => {
    const [finding] = findings(rowsOf('invalid-reference')[0]?.[1] as Parameters<typeof findings>[0]);
    expect(finding).toMatchObject({
      wizard: 'check-image-name',
      commands: [{ command: 'docker pull team/app' }],
    });
  });

  it('is confirmed by the registry that has rules of its own for names', () => {
    const evidence = pullThatGets({ ...manifestAsk(400, { as: 'anonymous', code: 'NAME_INVALID' }) });
    expect(findings(evidence)).toMatchObject([{ certainty: 'confirmed', confirmedBy: 'registry' }]);
    expect(diagnose(evidence).findings.map(({ cause }) => cause)).toEqual(['invalid-reference']);
  });
});
