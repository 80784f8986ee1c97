import type { Cause, Family } from '@pull-doctor/contract/causes';

/** The causes as the reference lists them: by family, and in each the most frequent first. */
export const causesByFamily: readonly { family: Family; name: string; causes: readonly Cause[] }[] = [
  {
    family: 'credentials',
    name: 'Credentials',
    causes: ['credentials-expired', 'credentials-invalid', 'credentials-missing'],
  },
  { family: 'access', name: 'Access and limits', causes: ['access-denied', 'rate-limited'] },
  {
    family: 'reference',
    name: 'Image name',
    causes: ['invalid-reference', 'repository-not-found', 'tag-not-found', 'platform-mismatch'],
  },
  {
    family: 'network',
    name: 'Network',
    causes: ['dns-failure', 'connection-failure', 'proxy-failure', 'tls-untrusted', 'tls-invalid'],
  },
  {
    family: 'registry',
    name: 'Registry',
    causes: ['registry-unavailable', 'not-a-registry', 'plain-http-registry', 'unsupported-image'],
  },
  {
    family: 'host',
    name: 'This host',
    causes: [
      'config-malformed',
      'helper-missing',
      'helper-failed',
      'daemon-unreachable',
      'local-storage',
      'clock-skew',
    ],
  },
  { family: 'none', name: 'None of these', causes: ['unknown'] },
];

/** The causes before and after one in the order of the list. */
export function besideCause(cause: Cause): { previous: Cause | undefined; next: Cause | undefined } {
  const all = causesByFamily.flatMap(({ causes }) => causes);
  const at = all.indexOf(cause);
  return { previous: all[at - 1], next: all[at + 1] };
}
