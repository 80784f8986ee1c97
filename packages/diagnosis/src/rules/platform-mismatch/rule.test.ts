import type { PlatformEvidence } from '@pull-doctor/contract/evidence/registry';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { platformMismatch } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [platformMismatch]).findings;

describe('platform-mismatch', () => {
  it.each(rowsOf('platform-mismatch'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'platform-mismatch' });
  });

  it.each(rowsOfOthers('platform-mismatch'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const forArm = (parts: Partial<PlatformEvidence>) => {
    const evidence = evidenceOf();
    const platform = evidence.platform as PlatformEvidence;
    const available = [{ os: 'linux', architecture: 'arm', variant: 'v7' }];
    return { ...evidence, platform: { ...platform, fits: 'no' as const, available, ...parts } };
  };

  it('offers a pull for a platform that is there', () => {
    expect(findings(forArm({ kind: 'index' }))[0]).toMatchObject({
      wizard: 'check-image-name',
      commands: [{ command: 'docker pull --platform linux/arm/v7 registry.corp.example/team/app:1.0' }],
    });
  });

  it.each(['daemon', 'machine'] as const)(
    'stays silent on an image that stands alone when the platform is that of the %s',
    (wantedFrom) => {
      expect(findings(forArm({ kind: 'image', wantedFrom }))).toEqual([]);
    },
  );
});
