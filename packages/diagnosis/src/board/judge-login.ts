import type { CredentialsEvidence, UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { CheckEvidence, CredentialEnd, RegistryRow } from '@pull-doctor/contract/registries';
import { instant } from '../words/instant.ts';
import { countedAs } from './counted-as.ts';
import { clockOffsetMs, credentialEnd } from './credential-end.ts';
import { resultCountsForMs } from './result-age.ts';
import { expiredStatus, expiringStatus } from './status-of-end.ts';
import { loginStatus } from './status-of-login.ts';
import { unreachableStatus } from './status-of-reach.ts';
import { whyUnseen, withoutCredentialStatus } from './status-without-credential.ts';

/** What is judged of a registry; who it is and what else is known of it stands around that. */
export type Judged = Pick<
  RegistryRow,
  | 'status'
  | 'why'
  | 'cause'
  | 'login'
  | 'end'
  | 'countedAs'
  | 'certificateEndsAt'
  | 'credential'
  | 'rateLimit'
>;

/** A status, its sentence, and what a failed pull would be put down to. */
export type Status = Pick<Judged, 'status' | 'why' | 'cause'>;

export interface LoginQuestion {
  /** Of the last check; null: there was none. */
  evidence: CheckEvidence | null;
  /** The credential as it is stored now, which may be another than the check had; null: not looked up since. */
  credentials: CredentialsEvidence | null;
  now: Date;
  /** The end of the credential that a person entered. */
  enteredEnd: string | null;
  checks: { everySeconds: number | null; lastAt: string | null };
}

/**
 * How a registry stands with its credential: the first of DESIGN section 4 that holds, of `unreachable`, `expired`,
 * `invalid`, `missing`, `expiring`, `ok`; and `unknown`, with its reason, where nothing was measured that still counts.
 * What is known of the credential itself stays, whatever the status.
 */
export function judgeLogin(question: LoginQuestion): Judged {
  const { evidence, credentials, now, enteredEnd } = question;
  const found = credentials ?? evidence?.credentials ?? null;
  const used = found?.used ?? null;
  const isOther =
    evidence !== null && credentials !== null && isAnother(evidence.credentials ?? null, credentials);
  const checkOfThis = isOther ? null : evidence;
  const registry = evidence?.registry ?? '';
  const unseen = whyUnseen(found, registry)?.why ?? null;
  const end = credentialEnd({ used, unseen, check: checkOfThis, enteredEnd, now });
  return {
    ...statusOf(question, { found, used, end, isOther }),
    end,
    login: used === null ? 'not-sent' : (checkOfThis?.token?.login?.outcome ?? 'unknown'),
    countedAs: countedAs(checkOfThis, used),
    certificateEndsAt: firstEnd(evidence),
    credential: used && {
      ...used,
      keptIn: used.helper ?? (used.place === 'DOCKER_AUTH_CONFIG' ? used.place : 'config.json'),
      path: used.place === 'auths' ? (found?.file.path ?? null) : null,
    },
    rateLimit: checkOfThis?.rateLimit ?? null,
  };
}

interface Known {
  found: CredentialsEvidence | null;
  used: UsedCredential | null;
  end: CredentialEnd;
  /** Whether the credential is another than the one that the check had. */
  isOther: boolean;
}

function statusOf({ evidence, now, checks }: LoginQuestion, { found, used, end, isOther }: Known): Status {
  const unknown = (why: string): Status => ({ status: 'unknown', why, cause: null });
  const byTheirClock = new Date(now.getTime() + clockOffsetMs(evidence));
  // Its end needs no check: it passes by itself.
  const expired = used && expiredStatus(used, end, byTheirClock);
  if (evidence === null || checks.lastAt === null)
    return (
      expired ??
      unknown(
        checks.everySeconds === null
          ? 'Checks are off, and it was not checked by hand.'
          : 'It was not checked yet.',
      )
    );
  if (now.getTime() - Date.parse(checks.lastAt) > resultCountsForMs(checks.everySeconds))
    return expired ?? unknown(`Its last check, on ${instant(checks.lastAt)}, is too long ago to count.`);
  const unreachable = unreachableStatus(evidence);
  if (unreachable) return unreachable;
  if (expired) return expired;
  if (isOther) return unknown('The credential was changed since the last check.');
  if (used === null) return withoutCredentialStatus(found, evidence);
  const login = loginStatus(used, evidence);
  if (login.status !== 'ok') return login;
  return expiringStatus(used, end, byTheirClock) ?? login;
}

/** By what can be told without the secret; another one of the same form is for the caller to notice. */
function isAnother(before: CredentialsEvidence | null, after: CredentialsEvidence): boolean {
  const marks = (one: CredentialsEvidence | null) =>
    JSON.stringify([
      one?.used?.place,
      one?.used?.key,
      one?.used?.helper,
      one?.used?.user,
      // What renews itself is another one each time, and the same login.
      ...(one?.used?.expiry.state === 'renews-itself'
        ? ['renews-itself']
        : [one?.used?.secretLength, one?.used?.expiry.endsAt]),
    ]);
  return marks(before) !== marks(after);
}

/** The certificate in the chain that ends first decides: after it, none of the others helps. */
function firstEnd(evidence: CheckEvidence | null): string | null {
  const ends = evidence?.tls?.chain.map(({ notAfter }) => notAfter) ?? [];
  return ends.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
