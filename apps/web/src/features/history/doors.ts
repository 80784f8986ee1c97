import type { Door } from '@pull-doctor/contract/attempts';

/** The ways in which Pull Doctor hears of a pull, in words. */
export const doorNames: Record<Door, string> = {
  'pull-doctor': 'Pull Doctor itself',
  'daemon-log': "The daemon's log",
  'daemon-events': "The daemon's events",
  report: 'Reports',
  pasted: 'Pasted texts',
};
