import type { CredentialSource, HelperRun } from '@pull-doctor/contract/evidence/credentials';

/** How the run of a helper reads as a place that docker looked at. */
export function describeHelper(
  run: HelperRun,
  hasCredential: boolean,
  place: 'credHelpers' | 'credsStore',
): Pick<CredentialSource, 'state' | 'code' | 'why'> {
  const { program } = run;
  switch (run.outcome) {
    case 'answered':
      return hasCredential
        ? { state: 'used', code: 'used', why: `${program} gave a credential.` }
        : {
            state: 'passed-over',
            code: 'helper-not-found',
            why: `${program} answered without user and secret.`,
          };
    case 'not-found':
      return {
        state: 'passed-over',
        code: 'helper-not-found',
        why: `${program} has no credential for this registry.`,
      };
    case 'missing':
      return {
        state: 'broken',
        code: 'helper-missing',
        why: `${place} names ${program}, which is in no folder of PATH.`,
      };
    case 'elsewhere':
      return {
        state: 'passed-over',
        code: 'elsewhere',
        why: `${program} lives where docker runs and cannot be asked from here.`,
      };
    case 'not-executable':
      return {
        state: 'broken',
        code: 'helper-not-executable',
        why: `${run.foundAt ?? program} may not be executed.`,
      };
    case 'failed':
      return {
        state: 'broken',
        code: 'helper-failed',
        why:
          run.exitStatus === null
            ? `${program} did not start or was killed.`
            : `${program} ended with status ${run.exitStatus}.`,
      };
    case 'timed-out':
      return {
        state: 'broken',
        code: 'helper-timed-out',
        why: `${program} gave no answer within ${Math.round(run.ms / 1000)} s.`,
      };
    case 'garbage':
      return {
        state: 'broken',
        code: 'helper-garbage',
        why: `${program} printed something that is no credential.`,
      };
    case 'name-refused':
      return {
        state: 'broken',
        code: 'helper-name-refused',
        why: `${place} names a helper that can be no program on the PATH; it was not run.`,
      };
  }
}
