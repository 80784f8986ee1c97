import type { UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { CredentialEnd } from '@pull-doctor/contract/registries';
import { instant } from '../words/instant.ts';
import type { Status } from './judge-login.ts';

/** @param now by the registry's clock */
export function expiredStatus(
  used: UsedCredential,
  { endsAt, from }: CredentialEnd,
  now: Date,
): Status | null {
  // A date that a person entered is a reminder: whether it was right, a check finds out.
  if (endsAt === null || from === 'entered' || Date.parse(endsAt) > now.getTime()) return null;
  return {
    status: 'expired',
    why: `${kindOf(used)} ended on ${instant(endsAt)}.`,
    cause: 'credentials-expired',
  };
}

// DESIGN section 5: under ten minutes whatever its lifetime; where something renews it, when that is late.
const soonMs = 600_000;
const lateMs = 300_000;

/** @param now by the registry's clock */
export function expiringStatus(used: UsedCredential, end: CredentialEnd, now: Date): Status | null {
  const { endsAt, state, renewedBy, from } = end;
  if (endsAt === null) return null;
  const leftMs = Date.parse(endsAt) - now.getTime();
  const expiring = (why: string): Status => ({ status: 'expiring', why, cause: null });
  if (state === 'renews-itself')
    return leftMs < lateMs
      ? expiring(
          `Renewal is late: docker-credential-${renewedBy ?? 'helper'} still gives one that ends on ${instant(endsAt)}.`,
        )
      : null;
  if (leftMs >= soonMs && leftMs > (end.thresholdSeconds ?? 0) * 1000) return null;
  if (from === 'entered' && leftMs <= 0)
    return expiring(`The end that was entered, ${instant(endsAt)}, has come. The registry still accepts it.`);
  return expiring(`${kindOf(used)} ends on ${instant(endsAt)}, and nothing renews it.`);
}

/** `The ECR password`, `The credential` */
export function kindOf({ looksLike }: UsedCredential): string {
  return `The ${looksLike ?? 'credential'}`;
}
