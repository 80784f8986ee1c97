import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { brokenFile, brokenHelper } from '../facts/broken-config.ts';
import { unseenCredential } from '../facts/credential.ts';
import { subjectOf } from '../facts/subject.ts';
import { stop, text } from '../words/sentence.ts';
import { asPull } from './as-pull.ts';
import type { Status } from './judge-login.ts';

/** Docker would send nothing: because nothing is stored, because it cannot get at it, or because we cannot see it. */
export function withoutCredentialStatus(found: CredentialsEvidence | null, check: CheckEvidence): Status {
  const { credentials: _ofTheCheck, ...rest } = check;
  const evidence = asPull(found ? { ...rest, credentials: found } : rest);
  const helper = brokenHelper(evidence);
  // What the helper keeps is not known; Docker does not get it.
  if (helper?.hides === 'this-registry')
    return {
      status: 'unknown',
      why: text(helper.what, 'What it keeps for this registry is not known.'),
      cause: helper.cause,
    };
  const file = brokenFile(evidence);
  if (file?.hides === 'this-registry')
    return { status: 'missing', why: text(file.what, 'Docker sends no credential.'), cause: file.cause };
  const unseen = unseenCredential(evidence);
  if (unseen) return { status: 'unknown', why: stop(unseen.why), cause: null };
  const [dead] = found?.deadEntries ?? [];
  if (dead)
    return {
      status: 'missing',
      why: `Docker never uses the entry ${dead.key}. ${stop(dead.why)}`,
      cause: null,
    };
  const { provider } = subjectOf(evidence);
  return {
    status: 'missing',
    why: text(
      'Nothing is stored for it.',
      check.token?.scheme === 'none'
        ? 'It asks nobody to sign in.'
        : provider.anonymous === 'never'
          ? 'It lets nobody pull without signing in.'
          : 'Only public images can be pulled.',
    ),
    cause: null,
  };
}
