import { causeFacts, type StatusTint } from '@pull-doctor/contract/causes';
import type { Diagnosis, Step } from '@pull-doctor/contract/diagnoses';
import type { StepName } from '@pull-doctor/contract/steps';
import { durationText, secondsText } from '../../ui/time-text.ts';

export const stepWords: Record<StepName, string> = {
  reference: 'Reference',
  text: 'Error text',
  credentials: 'Credentials',
  dns: 'DNS',
  tcp: 'TCP',
  proxy: 'Proxy',
  tls: 'TLS',
  ping: 'Registry ping',
  challenge: 'Challenge',
  token: 'Token',
  manifest: 'Manifest',
  platform: 'Platform',
  daemon: 'Daemon',
  pull: 'Pull',
};

/** The steps that are shown: the pull only where a person asked for it. */
export const shownSteps = ({ steps, pull }: Pick<Diagnosis, 'steps' | 'pull'>): Step[] =>
  steps.filter(({ step }) => step !== 'pull' || pull);

/** The number, from 1, of the step that is under way; of the last one where none is. */
export function currentStep(steps: readonly Step[]): number {
  const running = steps.findIndex(({ state }) => state === 'running');
  if (running >= 0) return running + 1;
  const waiting = steps.findIndex(({ state }) => state === 'waiting');
  return waiting >= 0 ? waiting + 1 : steps.length;
}

/** The sentence over the steps; `isCutOff` where the server was lost while it ran. */
export function stepsTitle(diagnosis: Diagnosis, isCutOff: boolean): string {
  const steps = shownSteps(diagnosis);
  if (isCutOff) return `Stopped after step ${Math.max(currentStep(steps) - 1, 0)}`;
  if (diagnosis.state === 'running') return `Step ${currentStep(steps)} of ${steps.length}`;
  const tookMs = tookMsOf(diagnosis);
  const length = tookMs === null ? '' : tookMs < 100 ? durationText(tookMs) : secondsText(tookMs, 1);
  if (diagnosis.state === 'stopped') return length ? `Stopped after ${length}` : 'Stopped';
  return length ? `${steps.length} steps in ${length}` : `${steps.length} steps`;
}

export function tookMsOf({
  startedAt,
  finishedAt,
}: Pick<Diagnosis, 'startedAt' | 'finishedAt'>): number | null {
  return finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
}

/** The status that a failed step proves: that of the first finding which rests on it. */
export function toneOfStep(name: StepName, findings: Diagnosis['findings']): StatusTint {
  const finding = findings.find(({ restsOn }) => restsOn.some(({ step }) => step === name));
  return finding ? causeFacts[finding.cause].tint : 'invalid';
}

/** Where a step stands in the lane, in per cent of the whole diagnosis. */
export function laneOf(
  step: Pick<Step, 'startedMs' | 'ms'>,
  totalMs: number,
): { left: number; width: number } | null {
  if (step.startedMs === null || totalMs <= 0) return null;
  const left = Math.min((step.startedMs / totalMs) * 100, 98);
  const width = Math.min(((step.ms ?? totalMs - step.startedMs) / totalMs) * 100, 100 - left);
  return { left, width: Math.max(width, 0) };
}

export function totalMsOf(steps: readonly Pick<Step, 'startedMs' | 'ms'>[], elapsedMs: number): number {
  return Math.max(elapsedMs, ...steps.map(({ startedMs, ms }) => (startedMs ?? 0) + (ms ?? 0)), 1);
}
