import type { Fault } from './fault.ts';
import { failing } from './row.ts';

const stopsHere = { expect: { certaintyAtLeast: 'confirmed', steps: { reference: 'failed' } } } as const;

/** Strings that are no image reference. */
export const references: Fault[] = [
  failing('upper case in the repository', '{basic}/Team/App:1.0', 'invalid-reference', stopsHere),
  failing('a scheme before the name', 'https://{basic}/team/app:1.0', 'invalid-reference', stopsHere),
  failing('a digest that is too short', '{basic}/team/app@sha256:1234', 'invalid-reference', stopsHere),
  // the API takes "app" and an empty tag for "all tags"; it is the command line that refuses the colon
  failing('nothing after the colon', '{basic}/team/app:', 'invalid-reference', {
    ...stopsHere,
    daemonPull: 'cannot-show',
  }),
  failing('a blank at the end', '{basic}/team/app:1.0 ', 'invalid-reference', {
    ...stopsHere,
    daemonPull: 'cannot-show',
  }),
  failing('a variable that was empty', '/team/app:1.0', 'invalid-reference', stopsHere),
  failing('a placeholder left in', '{basic}/team/app:<tag>', 'invalid-reference', stopsHere),
  failing('a part that ends in a dash', '{basic}/team-/app:1.0', 'invalid-reference', stopsHere),
];
