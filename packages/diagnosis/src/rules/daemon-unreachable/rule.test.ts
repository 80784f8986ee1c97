import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import { describe, expect, it } from 'vitest';
import { runningDaemon } from '../../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../../test/evidence/make-evidence.ts';
import { rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { daemonUnreachable } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [daemonUnreachable]).findings;

describe('daemon-unreachable', () => {
  it.each(rowsOfOthers('daemon-unreachable'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const down = (code: NonNullable<DaemonEvidence['failure']>['code']) =>
    evidenceOf(
      {},
      {
        daemon: {
          ...runningDaemon(),
          reached: false,
          info: null,
          failure: { code, message: 'connect failed', owner: 'root:docker (998)' },
        },
      },
    );

  it.each([
    'no-socket',
    'not-permitted',
    'refused',
    'timed-out',
    'proxy-refuses',
    'too-old',
    'other',
  ] as const)('speaks when the failure is %s', (code) => {
    expect(findings(down(code))).toMatchObject([
      { certainty: 'confirmed', confirmedBy: 'probe', wizard: 'daemon-and-host' },
    ]);
  });

  it('says what the group of the socket means before it tells how to join it', () => {
    const [finding] = findings(down('not-permitted'));
    expect(finding?.why).toContain('root:docker (998)');
    expect(finding?.todo).toContain('root on this host');
    expect(finding?.commands[0]?.command).toContain('usermod');
  });

  it('is ruled out by a daemon that answers', () => {
    expect(diagnose(evidenceOf(), [daemonUnreachable]).ruledOut).toMatchObject([
      { cause: 'daemon-unreachable' },
    ]);
  });
});
