import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { brokenConfig } from '../facts/broken-config.ts';
import { credentialInWords, endedSecondsAgo, unseenCredential } from '../facts/credential.ts';
import { duration } from '../words/duration.ts';
import { upperFirst } from '../words/sentence.ts';
import { done, type StepDescribed, warning } from './described.ts';

export function describeCredentials(seen: CredentialsEvidence, evidence: Evidence): StepDescribed {
  const broken = brokenConfig(evidence);
  if (broken) return warning(broken.what);
  const unseen = unseenCredential(evidence);
  if (unseen) return warning(unseen.why);
  const { used } = seen;
  if (!used) {
    const [dead] = seen.deadEntries;
    return dead
      ? warning(`No credential: the entry ${dead.key} is never used for this registry`)
      : done('No credential is stored: Docker asks anonymously');
  }
  const ended = endedSecondsAgo(used, evidence.now);
  const what = `${upperFirst(credentialInWords(used))} is sent`;
  return ended === null ? done(what) : warning(`${what}; it ran out ${duration(ended)} ago`);
}
