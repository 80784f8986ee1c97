import type { IssuerEnd } from '@pull-doctor/registry/issuer/ask-issuer-end';

/** What issuers told of the ends of credentials, so that they are asked seldom. In memory; nothing outlives a restart. */
export interface IssuerEnds {
  /**
   * What is known of this credential's end, asked anew where that is due.
   *
   * @param key of one row with one credential
   * @param ask null where nobody may be asked now: then what was told before still holds, since the end of a token that
   * was made stays. It gives undefined where it was cut off, which says nothing
   */
  of(key: string, ask: (() => Promise<IssuerEnd | null | undefined>) | null): Promise<IssuerEnd | null>;
}

const askedAgainMs = 60 * 60_000;
const failedAgainMs = 15 * 60_000;
// More than are ever watched; the one that was asked for longest ago is asked for once more.
const keptMax = 2_000;

export function issuerEnds(monotonic: () => number = () => performance.now()): IssuerEnds {
  const kept = new Map<string, { end: IssuerEnd | null; dueAt: number }>();
  return {
    async of(key, ask) {
      const known = kept.get(key);
      if (ask === null || (known && monotonic() < known.dueAt)) return known?.end ?? null;
      const asked = await ask();
      if (asked === undefined) return known?.end ?? null;
      const isTold = hasTold(asked);
      const end = !isTold && hasTold(known?.end) ? (known?.end ?? null) : asked;
      kept.delete(key);
      kept.set(key, { end, dueAt: monotonic() + (isTold ? askedAgainMs : failedAgainMs) });
      const [oldest] = kept.keys();
      if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
      return end;
    },
  };
}

function hasTold(end: IssuerEnd | null | undefined): boolean {
  return end != null && (end.endsAt !== null || end.never);
}
