import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { anonymousManifestAsk, asDocker } from './asked.ts';
import { endedSecondsAgo, unseenCredential } from './credential.ts';
import { closedToAllWords, deniedWords, expiredWords, says, wrongLoginWords } from './denied-words.ts';
import { anonymousWorks, asksForLogin, type Refusal, refusalOf } from './refusal.ts';
import { isOfficialName, subjectOf } from './subject.ts';
import { tokenOutOfTime } from './token-times.ts';

export type RefusalCause = Extract<
  Cause,
  | 'credentials-missing'
  | 'credentials-expired'
  | 'credentials-invalid'
  | 'access-denied'
  | 'repository-not-found'
  | 'registry-unavailable'
  | 'clock-skew'
>;

/** What a refusal means, as far as the evidence tells. Exactly one rule speaks about each refusal. */
export interface RefusalRead {
  cause: RefusalCause;
  certainty: Certainty;
  confirmedBy?: 'registry' | 'probe';
  /** Which reading of the table below it is; rules word their findings by it. */
  because:
    | 'says-expired'
    | 'stored-end-past'
    | 'token-ended'
    | 'token-not-yet'
    | 'login-refused'
    | 'token-not-accepted'
    | 'no-token-accepted'
    | 'no-way-to-sign-in'
    | 'says-denied'
    | 'closed-to-all'
    | 'login-works'
    | 'never-asked'
    | 'official-name'
    | 'known-absent'
    | 'nothing-sent'
    | 'nothing-seen'
    | 'not-told-apart';
  alternatives: Cause[];
}

/**
 * Reads a refusal. All registries refuse in the same few statuses, so what tells the causes apart is what was sent: a
 * credential or none, whether the login works by itself, the times inside the credential and the token, and what the
 * same request brings without a credential. The registry's own sentence counts where it names a reason. Read from top
 * to bottom; the first line that fits decides.
 */
export function readRefusal(evidence: Evidence): RefusalRead | null {
  const refusal = refusalOf(evidence);
  if (!refusal) return null;
  if (says(closedToAllWords, refusal.words) || refusal.status === 412) {
    return { cause: 'access-denied', ...byRegistry, because: 'closed-to-all', alternatives: [] };
  }
  if (evidence.manifest?.repository.exists === 'no') {
    return { cause: 'repository-not-found', ...byRegistry, because: 'known-absent', alternatives: [] };
  }
  const outOfTime = refusal.at === 'manifest' ? tokenOutOfTime(evidence) : null;
  if (outOfTime?.kind === 'not-yet') {
    return { cause: 'clock-skew', certainty: 'very-likely', because: 'token-not-yet', alternatives: [] };
  }
  return asDocker(evidence) === 'anonymous'
    ? readAnonymous(evidence, refusal, outOfTime !== null)
    : readSignedIn(evidence, refusal, outOfTime !== null);
}

const byRegistry = { certainty: 'confirmed', confirmedBy: 'registry' } as const;

function readAnonymous(evidence: Evidence, refusal: Refusal, tokenEnded: boolean): RefusalRead {
  const { provider } = subjectOf(evidence);
  if (isOfficialName(evidence)) {
    return {
      cause: 'repository-not-found',
      certainty: 'very-likely',
      because: 'official-name',
      alternatives: [],
    };
  }
  if (tokenEnded) {
    return {
      cause: 'clock-skew',
      certainty: 'likely',
      because: 'token-ended',
      alternatives: ['registry-unavailable'],
    };
  }
  if (evidence.challenge?.fault) {
    return {
      cause: 'registry-unavailable',
      certainty: 'very-likely',
      because: 'no-way-to-sign-in',
      alternatives: [],
    };
  }
  if (refusal.challengeError === 'invalid_token') {
    return {
      cause: 'registry-unavailable',
      certainty: 'likely',
      because: 'no-token-accepted',
      alternatives: ['credentials-missing'],
    };
  }
  if (unseenCredential(evidence)) {
    return {
      cause: 'credentials-missing',
      certainty: 'guess',
      because: 'nothing-seen',
      alternatives: ['credentials-expired', 'credentials-invalid', 'access-denied', 'repository-not-found'],
    };
  }
  if (!asksForLogin(evidence)) {
    return refusal.status === 401
      ? {
          cause: 'credentials-missing',
          certainty: 'likely',
          because: 'nothing-sent',
          alternatives: ['access-denied'],
        }
      : {
          cause: 'access-denied',
          certainty: 'very-likely',
          because: 'never-asked',
          alternatives: ['credentials-missing'],
        };
  }
  // Where nobody gets in without a login, whatever the image, the refusal says nothing about the image.
  const isClosed = provider.anonymous === 'never' || evidence.challenge?.chosen?.scheme === 'basic';
  if (isClosed || evidence.manifest?.repository.exists === 'yes') {
    return { cause: 'credentials-missing', ...byRegistry, because: 'nothing-sent', alternatives: [] };
  }
  return {
    cause: 'credentials-missing',
    certainty: 'likely',
    because: 'nothing-sent',
    alternatives: ['repository-not-found'],
  };
}

function readSignedIn(evidence: Evidence, refusal: Refusal, tokenEnded: boolean): RefusalRead {
  const { provider } = subjectOf(evidence);
  if (says(expiredWords, refusal.words)) {
    return { cause: 'credentials-expired', ...byRegistry, because: 'says-expired', alternatives: [] };
  }
  if (endedSecondsAgo(evidence.credentials?.used, clockOfRegistry(evidence)) !== null) {
    return {
      cause: 'credentials-expired',
      certainty: 'very-likely',
      because: 'stored-end-past',
      alternatives: [],
    };
  }
  if (says(wrongLoginWords, refusal.words)) {
    return { cause: 'credentials-invalid', ...byRegistry, because: 'login-refused', alternatives: [] };
  }
  if (tokenEnded) {
    return {
      cause: 'credentials-expired',
      certainty: 'very-likely',
      because: 'token-ended',
      alternatives: ['clock-skew'],
    };
  }
  if (isOfficialName(evidence) && refusal.at === 'manifest') {
    return {
      cause: 'repository-not-found',
      certainty: 'very-likely',
      because: 'official-name',
      alternatives: [],
    };
  }
  const login = loginOutcome(evidence, refusal);
  if (login === 'refused') return readRefusedLogin(evidence, refusal);
  if (says(deniedWords, refusal.words)) {
    // Google says itself that it hides which of the two it is.
    const hides = /or it may not exist/i.test(refusal.words);
    return {
      cause: 'access-denied',
      ...(hides ? { certainty: 'likely' as const } : byRegistry),
      because: 'says-denied',
      alternatives: hides ? ['repository-not-found'] : [],
    };
  }
  if (refusal.challengeError === 'invalid_token') return readTokenNotAccepted(evidence);
  if (login === 'accepted' || refusal.challengeError === 'insufficient_scope') {
    const isThere = evidence.manifest?.repository.exists === 'yes' || !provider.hidesAbsence;
    return {
      cause: 'access-denied',
      ...(isThere && login === 'accepted' ? byRegistry : { certainty: 'likely' as const }),
      because: login === 'accepted' ? 'login-works' : 'not-told-apart',
      alternatives: [
        ...(isThere ? [] : ['repository-not-found' as const]),
        ...(login === 'accepted' ? [] : ['credentials-invalid' as const]),
      ],
    };
  }
  if (refusal.status === 403) {
    return anonymousWorks(evidence)
      ? {
          cause: 'credentials-invalid',
          certainty: 'likely',
          because: 'not-told-apart',
          alternatives: ['credentials-expired', 'access-denied'],
        }
      : {
          cause: 'access-denied',
          certainty: 'likely',
          because: 'not-told-apart',
          alternatives: ['credentials-invalid', 'repository-not-found'],
        };
  }
  return {
    cause: 'credentials-invalid',
    certainty: 'likely',
    because: 'not-told-apart',
    alternatives: ['credentials-expired', 'access-denied'],
  };
}

/**
 * The login by itself was refused. 401 is about the credential. 403 says that whoever it is may not: most token servers
 * mean the account, GitHub's means a token that is expired, revoked or without the right.
 */
function readRefusedLogin(evidence: Evidence, refusal: Refusal): RefusalRead {
  const { provider } = subjectOf(evidence);
  const status = evidence.token?.login?.exchange?.answer?.status ?? refusal.status;
  if (status !== 403) {
    return { cause: 'credentials-invalid', ...byRegistry, because: 'login-refused', alternatives: [] };
  }
  if (provider.id === 'ghcr' || anonymousWorks(evidence)) {
    return {
      cause: 'credentials-invalid',
      certainty: 'likely',
      because: 'login-refused',
      alternatives: ['credentials-expired', 'access-denied'],
    };
  }
  const isSaid = says(deniedWords, refusal.words);
  return {
    cause: 'access-denied',
    certainty: isSaid ? 'very-likely' : 'likely',
    because: isSaid ? 'says-denied' : 'not-told-apart',
    alternatives: ['credentials-invalid'],
  };
}

/** The token server gave a token and the registry does not take it, though its time is right. */
function readTokenNotAccepted(evidence: Evidence): RefusalRead {
  // Where the token of nobody is not taken either, the credential is not the reason.
  return anonymousManifestAsk(evidence)?.challengeError === 'invalid_token'
    ? {
        cause: 'registry-unavailable',
        certainty: 'very-likely',
        because: 'no-token-accepted',
        alternatives: ['clock-skew'],
      }
    : {
        cause: 'credentials-invalid',
        certainty: 'likely',
        because: 'token-not-accepted',
        alternatives: ['registry-unavailable'],
      };
}

function loginOutcome(evidence: Evidence, refusal: Refusal): 'accepted' | 'refused' | 'unknown' {
  const login = evidence.token?.login;
  // Nexus lets any login through where anonymous pulls are allowed: that it was accepted proves nothing there.
  if (login?.outcome === 'accepted' && subjectOf(evidence).provider.id === 'nexus') return 'unknown';
  if (login && login.outcome !== 'unknown') return login.outcome;
  // Without a test of its own: who answers 401 to a Basic login has refused the login.
  const isLogin = refusal.at === 'token' || evidence.challenge?.chosen?.scheme === 'basic';
  return isLogin && (refusal.status === 401 || refusal.at === 'token') ? 'refused' : 'unknown';
}

/** The present time as the registry has it, as far as its clock was seen. */
function clockOfRegistry(evidence: Evidence): string {
  const offset = evidence.ping?.clockOffsetSeconds ?? 0;
  return new Date(Date.parse(evidence.now) + offset * 1000).toISOString();
}
