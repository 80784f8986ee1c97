import type { UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { CheckEvidence, CredentialEnd } from '@pull-doctor/contract/registries';
import { day, instant } from '../words/instant.ts';
import { stop } from '../words/sentence.ts';

export interface EndQuestion {
  /** The credential as it is stored now; null: there is none that is seen. */
  used: UsedCredential | null;
  /** Why there may be one all the same; null: there is none. */
  unseen: string | null;
  /** Of the last check with this very credential; null where there was none. */
  check: CheckEvidence | null;
  enteredEnd: string | null;
  now: Date;
}

/**
 * Until when a credential works, from the first of these that tells: its issuer, when asked with it; the credential
 * itself; the date that a person entered. Never a usual lifetime in place of a fact. An end that has passed and that
 * the registry did not keep to is no end.
 */
export function credentialEnd({ used, unseen, check, enteredEnd, now }: EndQuestion): CredentialEnd {
  if (used === null)
    return unseen === null
      ? { ...nothingKnown, state: 'nothing', says: 'There is no credential.', from: 'none' }
      : { ...nothingKnown, state: 'unknown', says: unseen, from: 'none' };
  const readAt = check?.now ?? null;
  const told = endOfIssuer(check) ?? endOfItself(used, readAt, now) ?? entered(enteredEnd);
  if (told) return (told.endsAt !== null && outlived(told.endsAt, told.from, check)) || told;
  const { state, source } = used.expiry;
  // The issuer was asked and did not tell: that says more than that the credential does not.
  const says = check?.issuerEnd?.says ?? source;
  return {
    ...nothingKnown,
    state,
    says: stop(says),
    from: state === 'renews-itself' ? 'helper' : state === 'no-expiry' ? 'token' : 'none',
    readAt,
    renewedBy: state === 'renews-itself' ? used.helper : null,
  };
}

const nothingKnown = {
  endsAt: null,
  lifetimeSeconds: null,
  thresholdSeconds: null,
  readAt: null,
  renewedBy: null,
};

function endOfIssuer(check: CheckEvidence | null): CredentialEnd | null {
  const told = check?.issuerEnd;
  if (!check || !told || (told.endsAt === null && !told.never)) return null;
  const shared = { ...nothingKnown, says: stop(told.says), from: 'registry', readAt: check.now } as const;
  if (told.endsAt === null) return { ...shared, state: 'no-expiry' };
  return {
    ...shared,
    state: 'ends',
    endsAt: told.endsAt,
    thresholdSeconds: thresholdSeconds('date'),
  };
}

function endOfItself(
  { expiry, helper }: UsedCredential,
  readAt: string | null,
  now: Date,
): CredentialEnd | null {
  const { endsAt, issuedAt, source, state } = expiry;
  if (endsAt === null) return null;
  const lifetime = issuedAt === null ? 0 : Math.round((Date.parse(endsAt) - Date.parse(issuedAt)) / 1000);
  const lifetimeSeconds = lifetime > 0 ? lifetime : null;
  return {
    ...nothingKnown,
    state,
    endsAt,
    lifetimeSeconds,
    thresholdSeconds: thresholdSeconds(lifetimeSeconds ?? { endsAt, now }),
    says: state === 'renews-itself' ? stop(source) : `Read from ${source}.`,
    from: 'token',
    readAt,
    renewedBy: state === 'renews-itself' ? helper : null,
  };
}

function entered(enteredEnd: string | null): CredentialEnd | null {
  if (enteredEnd === null) return null;
  return {
    ...nothingKnown,
    state: 'ends',
    endsAt: enteredEnd,
    thresholdSeconds: thresholdSeconds('date'),
    says: 'Entered by hand.',
    from: 'entered',
  };
}

// Registries let clocks differ by about a minute: what is accepted that late proves nothing yet.
const leewayMs = 60_000;

/** The registry took the credential after its end: then that was not its end. */
function outlived(
  endsAt: string,
  from: CredentialEnd['from'],
  check: CheckEvidence | null,
): CredentialEnd | null {
  if (check?.token?.login?.outcome !== 'accepted') return null;
  const checkedAt = Date.parse(check.now) + clockOffsetMs(check);
  if (checkedAt <= Date.parse(endsAt) + leewayMs) return null;
  const named =
    from === 'entered'
      ? `The date that was entered, ${day(endsAt)},`
      : `The end that it names, ${instant(endsAt)},`;
  return {
    ...nothingKnown,
    state: 'unknown',
    says: `${named} has passed, and the registry still accepts it.`,
    from: 'none',
    readAt: check.now,
  };
}

/**
 * The registry's clock minus ours, in milliseconds, where they differ by more than a minute: the registry is who
 * compares, and our clock may be the one that is off.
 */
export function clockOffsetMs(check: CheckEvidence | null): number {
  const seconds = check?.ping?.clockOffsetSeconds ?? 0;
  return Math.abs(seconds) > 60 ? seconds * 1000 : 0;
}

const daySeconds = 86_400;
const short = 1_800;
const long = 14 * daySeconds;

/**
 * How long before its end a credential counts as ending soon, in seconds (DESIGN section 5).
 *
 * @param known its lifetime in seconds; else how far its end is; `date` for an end that people chose, a day or more away
 * when they did: on its last day it does not begin to be fine again
 */
function thresholdSeconds(known: number | { endsAt: string; now: Date } | 'date'): number {
  if (known === 'date') return long;
  if (typeof known === 'number')
    return Math.round(known <= daySeconds ? Math.min(short, known / 4) : Math.min(long, known * 0.15));
  return Date.parse(known.endsAt) - known.now.getTime() <= daySeconds * 1000 ? short : long;
}
