import type { Place } from '../json-text.ts';

export type FaultCode =
  | 'utf-16'
  | 'byte-order-mark'
  | 'zero-bytes'
  | 'merge-markers'
  | 'comment'
  | 'trailing-comma'
  | 'missing-comma'
  | 'cut-short'
  | 'not-json'
  | 'empty-file'
  | 'not-an-object'
  | 'wrong-type'
  | 'bad-base64'
  | 'no-colon'
  | 'dead-key'
  | 'duplicate-key'
  | 'helper-path'
  | 'helper-missing'
  | 'store-hides-login'
  | 'login-left-in-file'
  | 'is-a-folder'
  | 'wrong-owner'
  | 'wrong-mode';

/** Something that is wrong with the file, and what can be done about it. Holds no secret. */
export interface Fault {
  /** The same each time that the same file is looked at. */
  id: string;
  code: FaultCode;
  what: string;
  /** The entry that it is about, as it may be shown. */
  key: string | null;
  line: number | null;
  column: number | null;
  /**
   * `blocks`: Docker reads nothing until it is repaired, so it is repaired with the rest. `breaks`: something does not
   * work. `note`: all works, and something is not as it should be.
   */
  weight: 'blocks' | 'breaks' | 'note';
  /** The best first. None: there is no way but to start again. */
  ways: Way[];
  /** The way that is taken where nobody chooses. null: somebody has to, or nothing is done. */
  chosen: string | null;
}

/** One way to repair a fault. */
export interface Way {
  id: string;
  /** What is done, as a sentence. */
  does: string;
  /** What it costs. Empty: nothing. */
  loses: string[];
  /** false: it may not be what the file was meant to be. */
  isSure: boolean;
}

/** Which way to take for a fault, by its id; null: leave it. What is not named is repaired as `Fault.chosen` says. */
export type Choices = Readonly<Record<string, string | null>>;

/** @param place null: it is about the file as a whole */
export function fault(
  code: FaultCode,
  weight: Fault['weight'],
  what: string,
  place: Place | null,
  ways: Way[],
  { key = null, chosen = ways[0]?.id ?? null }: { key?: string | null; chosen?: string | null } = {},
): Fault {
  const id = place === null ? code : `${code}:${place.line}:${place.column}`;
  return {
    id,
    code,
    what,
    key,
    line: place?.line ?? null,
    column: place?.column ?? null,
    weight,
    ways,
    chosen,
  };
}

export function way(id: string, does: string, loses: string[] = [], isSure = true): Way {
  return { id, does, loses, isSure };
}
