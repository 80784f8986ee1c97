import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /error getting credentials - err: exit status \d{1,3}/,
    seenIn: 'docker 29, compose, buildx, docker login',
    line: 'error getting credentials - err: exit status 1, out: `Cannot autolaunch D-Bus without X11 $DISPLAY`',
    weight: 'proves',
  },
  {
    says: /Cannot autolaunch D-Bus without X11/,
    seenIn: 'docker-credential-secretservice',
    line: 'error getting credentials - err: exit status 1, out: `Cannot autolaunch D-Bus without X11 $DISPLAY`',
    weight: 'proves',
  },
  {
    says: /pass not initialized/,
    seenIn: 'docker-credential-pass',
    line: 'error getting credentials - err: exit status 1, out: `pass not initialized: exit status 1: Error: password store is empty`',
    weight: 'proves',
  },
];
