import type { PullFailure } from '@pull-doctor/contract/failures';
import type { IconId } from '../../ui/Icon.tsx';
import type { Tone } from '../../ui/tone.ts';

/** How a kind of failure stands, in a word. */
export const failureStateNames: Record<PullFailure['state'], string> = {
  open: 'Open',
  'came-back': 'Came back',
  quiet: 'Quiet',
  fixed: 'Fixed',
};

/** The silhouette and colour of each state. */
export const failureTone: Record<PullFailure['state'], { tone: Tone; icon: IconId }> = {
  open: { tone: 'invalid', icon: 'invalid' },
  'came-back': { tone: 'expired', icon: 'undo' },
  quiet: { tone: 'unknown', icon: 'skipped' },
  fixed: { tone: 'ok', icon: 'ok' },
};
