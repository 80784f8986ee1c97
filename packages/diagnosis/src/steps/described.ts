import type { StepState } from '@pull-doctor/contract/steps';

/** A step as the page shows it: how it ended, and one sentence of what it saw. */
export interface StepDescribed {
  state: StepState;
  summary: string;
}

export const done = (summary: string): StepDescribed => ({ state: 'done', summary });
export const failed = (summary: string): StepDescribed => ({ state: 'failed', summary });
export const warning = (summary: string): StepDescribed => ({ state: 'warning', summary });
export const skipped = (summary: string): StepDescribed => ({ state: 'skipped', summary });
