import { writeBasic } from '@pull-doctor/testkit/basic-credentials';
import { startRegistry } from '@pull-doctor/testkit/registry-server';
import { endingPassword } from './ending-password.ts';

const minute = 60;
const hour = 60 * minute;

/** Registries beside those of the images, so that the board shows a login of each kind. */
export interface StagedLogins {
  /** For config.json. */
  auths: Record<string, { auth: string }>;
  /** A registry that lets everybody in and has no login: it is on the board where a person adds it. */
  open: string;
  close(): Promise<void>;
}

/** Starts registries whose logins end soon, ended, end later, or lead nowhere. */
export async function startStagedLogins(): Promise<StagedLogins> {
  const soon = endingPassword(12 * minute);
  const later = endingPassword(5 * hour);
  const [endsSoon, endsLater, hasEnded, open] = await Promise.all([
    startRegistry({ auth: { kind: 'basic', realm: 'Clinic', users: { AWS: soon } } }),
    startRegistry({ auth: { kind: 'basic', realm: 'Clinic', users: { AWS: later } } }),
    startRegistry({ auth: { kind: 'basic', realm: 'Clinic', users: { AWS: 'the next password' } } }),
    startRegistry(),
  ]);
  const login = (password: string) => ({ auth: writeBasic('AWS', password).replace('Basic ', '') });
  return {
    auths: {
      [endsSoon.host]: login(soon),
      [endsLater.host]: login(later),
      [hasEnded.host]: login(endingPassword(-3 * minute)),
      // nothing listens there
      '127.0.0.1:1': login(endingPassword(7 * hour)),
    },
    open: open.host,
    close: async () => {
      await Promise.all([endsSoon, endsLater, hasEnded, open].map((registry) => registry.close()));
    },
  };
}
