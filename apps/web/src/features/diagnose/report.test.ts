import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { MessageFailure } from '@pull-doctor/contract/message';
import { describe, expect, it } from 'vitest';
import { reportText } from './report.ts';

const diagnosis: Diagnosis = {
  id: 'dx_1',
  state: 'finished',
  input: 'docker pull ghcr.io/acme/web:main',
  secretsHidden: 0,
  reference: { registry: 'ghcr.io', repository: 'acme/web', tag: 'main', digest: null },
  platform: null,
  pull: false,
  startedAt: '2026-11-24T14:32:08.000Z',
  finishedAt: '2026-11-24T14:32:08.640Z',
  verdict: 'ghcr.io refuses this token',
  pullable: 'no',
  steps: [
    {
      step: 'dns',
      state: 'done',
      ms: 18,
      startedMs: 1,
      summary: '1 address',
      from: 'pull-doctor',
      evidence: {
        host: 'ghcr.io',
        how: 'lookup',
        addresses: [{ address: '140.82.121.33', family: 4 }],
        servers: ['127.0.0.53'],
        failure: null,
        ms: 18,
      },
    },
    {
      step: 'token',
      state: 'failed',
      ms: 90,
      startedMs: 20,
      summary: 'refused: Bearer abcdef0123456789',
      from: 'pull-doctor',
      evidence: null,
    },
    {
      step: 'pull',
      state: 'skipped',
      ms: null,
      startedMs: null,
      summary: 'not asked for',
      from: 'dockerd',
      evidence: null,
    },
  ],
  findings: [
    {
      cause: 'credentials-invalid',
      certainty: 'confirmed',
      confirmedBy: 'registry',
      what: 'ghcr.io refuses this token',
      why: 'It was revoked or mistyped.',
      todo: 'Replace the token.',
      commands: [],
      wizard: null,
      alternatives: [],
      restsOn: [{ step: 'token', says: 'the registry answered 401' }],
    },
  ],
  ruledOut: [{ cause: 'dns-failure', why: 'the name was found' }],
  open: [],
  progress: null,
  attemptId: null,
  vantageNotes: [],
};

describe('the report', () => {
  const report = reportText(diagnosis);

  it('begins with the verdict and names the cause by its code', () => {
    expect(report.startsWith('ghcr.io refuses this token\n')).toBe(true);
    expect(report).toContain('(credentials-invalid)');
  });

  it('has every step with its evidence, and not the pull that nobody asked for', () => {
    expect(report).toContain('## DNS: done');
    expect(report).toContain('140.82.121.33');
    expect(report).not.toContain('## Pull');
  });

  it('hides a secret that came through everything before it, and says how many it hid', () => {
    expect(report).not.toContain('abcdef0123456789');
    expect(report).toContain('Bearer [redacted]');
    expect(report.trimEnd().endsWith('1 value is hidden in this report.')).toBe(true);
  });
});

describe('the report about an error text', () => {
  const input = `${'idle\n'.repeat(40)}no basic auth credentials\n${'idle\n'.repeat(40)}`;
  const start = input.indexOf('no basic');
  const sign = { phrase: 'no basic auth credentials', start, end: start + 25, says: 'No login was found.' };
  const failure = {
    causes: [
      { cause: 'credentials-missing', certainty: 'likely', signs: [sign], decides: 'Whether one is stored.' },
      {
        cause: 'helper-failed',
        certainty: 'guess',
        signs: [{ ...sign, says: 'A helper failed.' }],
        decides: '',
      },
    ],
    image: 'acme/web',
    imageAt: null,
    registry: 'docker.io',
    client: 'kubelet',
    platform: null,
    status: 401,
    credentialsSent: 'no',
    verb: 'pull',
    at: '2026-11-24T14:32:08.000Z',
    start: 0,
    end: input.length,
  } as const satisfies MessageFailure;
  const other = { ...failure, image: 'acme/api' };
  const report = reportText({
    ...diagnosis,
    input,
    steps: [
      {
        step: 'text',
        state: 'done',
        ms: 1,
        startedMs: 0,
        summary: 'Kubernetes: 1 known phrase',
        from: 'pasted',
        evidence: { ...structuredClone(failure), groups: [structuredClone(failure), structuredClone(other)] },
      },
    ],
  });

  it('has the lines around what decided, and says how many are left out', () => {
    expect(report).toContain('  (38 lines left out)\n  idle\n  idle\n  no basic auth credentials\n');
    expect(report.split('idle')).toHaveLength(5);
  });

  it('says what the words mean, what stays open, and what else the text tells', () => {
    expect(report).toContain('"no basic auth credentials": No login was found.\n    A helper failed.');
    expect(report).toContain('No credential: likely. What decides: Whether one is stored.');
    expect(report).toContain('Helper failed: guess');
    expect(report).toContain('Printed by: Kubernetes');
    expect(report).toContain('HTTP status: 401');
    expect(report).toContain('Credential: none was sent');
    expect(report).toContain('acme/api: No credential');
  });
});
