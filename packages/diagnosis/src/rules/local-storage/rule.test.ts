import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import { describe, expect, it } from 'vitest';
import { runningDaemon } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { localStorage } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence, [localStorage]).findings;

describe('local-storage', () => {
  it.each(rowsOf('local-storage'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'local-storage' });
  });

  it.each(rowsOfOthers('local-storage'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const withFree = (freeBytes: number, parts: Partial<DaemonEvidence> = {}) =>
    evidenceOf(
      {},
      {
        daemon: {
          ...runningDaemon(),
          disk: { path: '/var/lib/docker', freeBytes, totalBytes: 10e9 },
          ...parts,
        },
      },
    );

  it('stays silent when the image is there already', () => {
    expect(findings(withFree(1_000, { localImage: { present: true, id: 'sha256:1', digests: [] } }))).toEqual(
      [],
    );
  });

  it('stays open when the image fits only as long as it is packed', () => {
    expect(diagnose(withFree(3_000_000), [localStorage])).toMatchObject({
      findings: [],
      open: [{ cause: 'local-storage' }],
    });
  });

  it('stays open when the disk cannot be seen', () => {
    const evidence = withFree(0, { disk: null, diskUnknown: 'Its folder is not mounted here.' });
    expect(diagnose(evidence, [localStorage])).toMatchObject({
      findings: [],
      open: [{ cause: 'local-storage' }],
    });
  });

  it('is ruled out by plenty of room', () => {
    expect(diagnose(withFree(14e9), [localStorage]).ruledOut).toMatchObject([{ cause: 'local-storage' }]);
  });
});
