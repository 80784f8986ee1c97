/**
 * Something that this machine cannot do, and what would change that. Callers skip by this name; it is no failure.
 */
export interface Unavailable {
  ok: false;
  /** For instance "docker-registry is not installed: apt-get install docker-registry". */
  why: string;
}

export function unavailable(why: string): Unavailable {
  return { ok: false, why };
}
