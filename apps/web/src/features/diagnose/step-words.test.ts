import type { Diagnosis, Step } from '@pull-doctor/contract/diagnoses';
import { describe, expect, it } from 'vitest';
import { currentStep, laneOf, shownSteps, stepsTitle, toneOfStep, totalMsOf } from './step-words.ts';

const step = (name: 'dns' | 'tcp' | 'pull', state: Step['state']): Step => ({
  step: name,
  state,
  ms: null,
  startedMs: null,
  summary: '',
  from: 'pull-doctor',
  evidence: null,
});
const diagnosis = (over: Partial<Diagnosis>): Diagnosis => ({
  id: 'dx_1',
  state: 'finished',
  input: 'nginx',
  secretsHidden: 0,
  reference: null,
  platform: null,
  pull: false,
  startedAt: '2026-11-24T14:32:08.000Z',
  finishedAt: '2026-11-24T14:32:08.640Z',
  verdict: '',
  pullable: 'unknown',
  steps: [step('dns', 'done'), step('tcp', 'running')],
  findings: [],
  ruledOut: [],
  open: [],
  progress: null,
  attemptId: null,
  vantageNotes: [],
  ...over,
});
const title = (over: Partial<Diagnosis>, isCutOff = false) =>
  stepsTitle(diagnosis(over), isCutOff).replaceAll('\u00a0', ' ');

describe('the title over the steps', () => {
  it('says which step is under way', () => {
    expect(title({ state: 'running' })).toBe('Step 2 of 2');
  });

  it('says how many there were and how long they took', () => {
    expect(title({})).toBe('2 steps in 0.6 s');
  });

  it('says when it was stopped', () => {
    expect(title({ state: 'stopped' })).toBe('Stopped after 0.6 s');
  });

  it('says after which step the server was lost', () => {
    expect(title({ state: 'running' }, true)).toBe('Stopped after step 1');
  });
});

describe('the steps', () => {
  it('have the pull only where it was asked for', () => {
    const steps = [step('dns', 'done'), step('pull', 'skipped')];
    expect(shownSteps({ steps, pull: false })).toHaveLength(1);
    expect(shownSteps({ steps, pull: true })).toHaveLength(2);
  });

  it('between two steps, the next one counts as under way', () => {
    expect(currentStep([step('dns', 'done'), step('tcp', 'waiting')])).toBe(2);
  });

  it('a failed one takes the status of the finding that rests on it', () => {
    const findings: Diagnosis['findings'] = [
      {
        cause: 'connection-failure',
        certainty: 'confirmed',
        confirmedBy: 'probe',
        what: '',
        why: '',
        todo: '',
        commands: [],
        wizard: null,
        alternatives: [],
        restsOn: [{ step: 'tcp', says: '' }],
      },
    ];
    expect(toneOfStep('tcp', findings)).toBe('unreachable');
    expect(toneOfStep('dns', findings)).toBe('invalid');
  });
});

describe('the lane', () => {
  it('is empty for a step that never ran', () => {
    expect(laneOf({ startedMs: null, ms: null }, 600)).toBeNull();
  });

  it('shows when and how long', () => {
    expect(laneOf({ startedMs: 150, ms: 300 }, 600)).toEqual({ left: 25, width: 50 });
  });

  it('never leaves its place, whatever the numbers are', () => {
    const lane = laneOf({ startedMs: 900, ms: 900 }, 600);
    expect((lane?.left ?? 0) + (lane?.width ?? 0)).toBeLessThanOrEqual(100);
  });

  it('is as long as the last step, where that took longer than the diagnosis says', () => {
    expect(totalMsOf([{ startedMs: 500, ms: 200 }], 600)).toBe(700);
  });
});
