import {
  brokenHelpers,
  type HelperEntry,
  type HelperProgram,
  workingHelper,
} from '../helpers/credential-helpers.ts';
import { ecrHost, ecrPasswords } from '../look-alikes/ecr.ts';
import { alice, aliceWithWrongPassword } from './accounts.ts';

/** The helpers that rows name, as `docker-credential-clinic-KEY`. `basicHost` is the address that `{basic}` became. */
export function helperPrograms(basicHost: string): Record<string, HelperProgram> {
  const entry = ({ user, password }: { user: string; password: string }): HelperEntry => ({
    username: user,
    secret: password,
  });
  const programs: Record<string, HelperProgram> = {
    ...brokenHelpers,
    good: workingHelper({
      [basicHost]: entry(alice),
      [ecrHost]: { username: 'AWS', secret: ecrPasswords.valid },
    }),
    wrong: workingHelper({ [basicHost]: entry(aliceWithWrongPassword) }),
    // it kept an ECR password past its twelve hours
    stale: workingHelper({ [ecrHost]: { username: 'AWS', secret: ecrPasswords.expired } }),
  };
  return Object.fromEntries(Object.entries(programs).map(([name, program]) => [`clinic-${name}`, program]));
}
