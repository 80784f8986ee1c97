import type { Cause } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Finding } from '@pull-doctor/contract/finding';
import { asDocker } from './asked.ts';
import { subjectOf } from './subject.ts';

/** The other readings of a refusal, each with what would tell it apart. */
export function otherReadings(evidence: Evidence, causes: readonly Cause[]): Finding['alternatives'] {
  const { host, repository, registryName } = subjectOf(evidence);
  const isAnonymous = asDocker(evidence) === 'anonymous';
  return causes.map((cause) => {
    switch (cause) {
      case 'repository-not-found':
        return {
          cause,
          why: `${registryName} gives the same answer for a repository that does not exist.`,
          decides: isAnonymous
            ? `Sign in as somebody who may read ${repository}: then the answer tells.`
            : `Ask somebody who may read ${repository}, or look it up on the pages of ${registryName}.`,
        };
      case 'access-denied':
        if (isAnonymous) {
          return {
            cause,
            why: 'A login may not help: the registry may deny this image to everybody.',
            decides: `Sign in to ${host} and diagnose again.`,
          };
        }
        return {
          cause,
          why: 'The login may be good and lack the right to read this repository.',
          decides: 'Sign in again: if that works and the pull still fails, the right is missing.',
        };
      case 'credentials-expired':
        return {
          cause,
          why: 'The credential may have ended; it does not tell its end.',
          decides: `Look the token up where it was made, or make a new one for ${host}.`,
        };
      case 'credentials-invalid':
        return {
          cause,
          why: `${registryName} may refuse the credential itself with this answer.`,
          decides: `docker logout and docker login for ${host}: a wrong credential fails at the login.`,
        };
      case 'credentials-missing':
        return {
          cause,
          why: 'Some registries want a login without asking for one.',
          decides: `Sign in to ${host} and diagnose again.`,
        };
      case 'registry-unavailable':
        return {
          cause,
          why: 'Registry and token server may not agree on a key, an issuer or a service name; then no login helps.',
          decides: 'Ask whether this registry works for anybody else.',
        };
      default:
        return {
          cause,
          why: 'The same answer fits.',
          decides: 'The log of the registry names the reason.',
        };
    }
  });
}
