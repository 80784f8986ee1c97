import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { brokenConfig } from '../facts/broken-config.ts';
import { credentialInWords, endedSecondsAgo, unseenCredential } from '../facts/credential.ts';
import { refusalOf } from '../facts/refusal.ts';
import { duration } from '../words/duration.ts';
import { upperFirst } from '../words/sentence.ts';
import { done, failed, type StepDescribed, warning } from './described.ts';

export function describeCredentials(seen: CredentialsEvidence, evidence: Evidence): StepDescribed {
  const broken = brokenConfig(evidence);
  // Docker goes on without the credential: a failure where the registry then refuses, else a warning.
  if (broken) return refusalOf(evidence) ? failed(broken.what) : warning(broken.what);
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
