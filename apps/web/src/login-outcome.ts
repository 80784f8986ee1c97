import type { BoardGroup, LoginStatus } from '@pull-doctor/contract/registries';
import type { Outcome } from './outcome.ts';

/** The eight words for how a registry stands with its credential, each with its own silhouette and colour. */
export const loginOutcomes: Record<LoginStatus, Outcome> = {
  ok: { tone: 'ok', icon: 'ok', word: 'Signed in' },
  expiring: { tone: 'expiring', icon: 'expiring', word: 'Expires soon' },
  expired: { tone: 'expired', icon: 'expired', word: 'Expired' },
  invalid: { tone: 'invalid', icon: 'invalid', word: 'Rejected' },
  missing: { tone: 'missing', icon: 'missing', word: 'No credential' },
  unreachable: { tone: 'unreachable', icon: 'unreachable', word: 'Unreachable' },
  unknown: { tone: 'unknown', icon: 'unknown', word: 'Not checked' },
  running: { tone: 'running', icon: 'running', word: 'Checking' },
};

/** The groups of the board in their order: the heading, and the words that count. */
export const groupOutcomes: Record<BoardGroup, Outcome & { counted: (count: number) => string }> = {
  attention: {
    tone: 'invalid',
    icon: 'invalid',
    word: 'Needs attention',
    counted: (count) => (count === 1 ? 'needs attention' : 'need attention'),
  },
  expiring: {
    tone: 'expiring',
    icon: 'expiring',
    word: 'Expires soon',
    counted: (count) => (count === 1 ? 'expires soon' : 'expire soon'),
  },
  'not-checked': { tone: 'unknown', icon: 'unknown', word: 'Not checked', counted: () => 'not checked' },
  fine: { tone: 'ok', icon: 'ok', word: 'Fine', counted: () => 'fine' },
};
