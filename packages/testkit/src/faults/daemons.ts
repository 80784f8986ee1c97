import type { Fault } from './fault.ts';
import { failing } from './row.ts';

const image = '{open}/team/app:1.0';
const unreachable = {
  daemonPull: 'cannot-show',
  expect: { certaintyAtLeast: 'likely', steps: { daemon: 'failed' } },
} as const;

/** The image is fine; the docker daemon is not there, or not as it should be. */
export const daemons: Fault[] = [
  failing("the daemon's socket does not exist", image, 'daemon-unreachable', {
    ...unreachable,
    daemon: 'socket missing',
  }),
  failing("nobody listens at the daemon's socket", image, 'daemon-unreachable', {
    ...unreachable,
    daemon: 'socket without listener',
  }),
  failing("the daemon's socket may not be opened", image, 'daemon-unreachable', {
    ...unreachable,
    daemon: 'socket not permitted',
    needs: 'not root',
  }),
  failing('the daemon on TCP refuses', image, 'daemon-unreachable', {
    ...unreachable,
    daemon: 'tcp refuses',
  }),
  failing('the docker context does not exist', image, 'daemon-unreachable', {
    ...unreachable,
    daemon: 'context unknown',
    config: { text: '{"currentContext":"staging"}' },
  }),
  failing("the daemon's clock is two days behind", 'clock.clinic.test/ok/app:1', 'clock-skew', {
    daemon: 'clock behind',
    daemonPull: 'cannot-show',
    // the pull works from elsewhere: the certificate is two days from being valid only in the daemon's eyes
    expect: { steps: { daemon: 'warning' } },
  }),
];
