import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { brokenFile, brokenHelper } from '../facts/broken-config.ts';
import { unseenCredential } from '../facts/credential.ts';
import { subjectOf } from '../facts/subject.ts';
import { stop, text } from '../words/sentence.ts';
import { asPull } from './as-pull.ts';
import type { Status } from './judge-login.ts';

/** Docker would send nothing: because nothing is stored, because it cannot get at it, or because we cannot see it. */
export function withoutCredentialStatus(found: CredentialsEvidence | null, check: CheckEvidence): Status {
  const unseen = whyUnseen(found, check.registry);
  if (unseen?.cause) return { status: 'unknown', ...unseen };
  const evidence = evidenceOf(found, check);
  const file = brokenFile(evidence);
  if (file?.hides === 'this-registry')
    return { status: 'missing', why: text(file.what, 'Docker sends no credential.'), cause: file.cause };
  if (unseen) return { status: 'unknown', ...unseen };
  const [dead] = found?.deadEntries ?? [];
  if (dead)
    return {
      status: 'missing',
      why: `Docker does not use the entry ${dead.key} for it. ${stop(dead.why)}`,
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

/**
 * Why it is not known whether a credential is stored: a helper that Docker gets nothing from, which is somebody's to
 * mend, or one on another machine. Null: it is known.
 */
export function whyUnseen(
  found: CredentialsEvidence | null,
  registry: string,
): Pick<Status, 'why' | 'cause'> | null {
  if (!found || found.used) return null;
  const evidence = evidenceOf(found, { version: 1, now: '', registry });
  const helper = brokenHelper(evidence);
  if (helper?.hides === 'this-registry')
    return { why: text(helper.what, 'What it keeps for this registry is not known.'), cause: helper.cause };
  const elsewhere = unseenCredential(evidence);
  return elsewhere && { why: stop(elsewhere.why), cause: null };
}

function evidenceOf(found: CredentialsEvidence | null, check: CheckEvidence): Evidence {
  const { credentials: _ofTheCheck, ...rest } = check;
  return asPull(found ? { ...rest, credentials: found } : rest);
}
