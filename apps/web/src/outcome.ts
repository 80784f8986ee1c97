import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { type Cause, type Certainty, causeFacts } from '@pull-doctor/contract/causes';
import type { DiagnosisLine } from '@pull-doctor/contract/diagnoses';
import type { Finding } from '@pull-doctor/contract/finding';
import type { IconId } from './ui/Icon.tsx';
import type { Tone } from './ui/tone.ts';

/** How something came out, as it is drawn: word, silhouette, colour. */
export interface Outcome {
  tone: Tone;
  icon: IconId;
  word: string;
}

/** A cause takes the colour and silhouette of the status that it leads to. */
export function outcomeOfCause(cause: Cause): Outcome {
  const { tint, badge } = causeFacts[cause];
  return { tone: tint, icon: cause === 'rate-limited' ? 'gauge' : tint, word: badge };
}

export function outcomeOfDiagnosis(line: Pick<DiagnosisLine, 'state' | 'pullable' | 'cause'>): Outcome {
  if (line.state === 'running') return { tone: 'running', icon: 'running', word: 'Checking' };
  // what was found before it was stopped is worth more than that it was
  const isKnown = line.pullable === 'yes' || (line.cause !== null && line.cause !== 'unknown');
  if (line.state === 'stopped' && !isKnown) return { tone: 'unknown', icon: 'skipped', word: 'Stopped' };
  if (line.pullable === 'yes') return { tone: 'ok', icon: 'ok', word: 'Pulls' };
  return outcomeOfCause(line.cause ?? 'unknown');
}

export function outcomeOfAttempt({ outcome, cause }: Pick<PullAttempt, 'outcome' | 'cause'>): Outcome {
  switch (outcome) {
    case 'running':
      return { tone: 'running', icon: 'running', word: 'Pulling' };
    case 'stopped':
      return { tone: 'unknown', icon: 'skipped', word: 'Stopped' };
    case 'pulled':
      return { tone: 'ok', icon: 'ok', word: 'Pulled' };
    case 'failed':
      return cause ? outcomeOfCause(cause) : { tone: 'unknown', icon: 'unknown', word: 'Failed' };
  }
}

const bars = { confirmed: 4, 'very-likely': 3, likely: 2, guess: 1 } as const satisfies Record<
  Certainty,
  number
>;
const confirmers = {
  registry: 'Confirmed by the registry',
  probe: 'Confirmed by probe',
  file: 'Confirmed by the file',
  daemon: 'Confirmed by the daemon',
} as const;

/** The words and bars for how sure a finding is. */
export function confidenceOf({ certainty, confirmedBy }: Pick<Finding, 'certainty' | 'confirmedBy'>): {
  bars: 1 | 2 | 3 | 4;
  word: string;
} {
  const words = {
    confirmed: confirmedBy ? confirmers[confirmedBy] : 'Confirmed',
    'very-likely': 'Very likely',
    likely: 'Likely',
    guess: 'A guess',
  };
  return { bars: bars[certainty], word: words[certainty] };
}
