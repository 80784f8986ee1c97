/** A line of the daemon's log, and the place behind it. */
export interface SourceLine {
  /** When it was written, as far as the source tells. */
  at: string | null;
  text: string;
  /** From here reading goes on after this line; null where the source cannot be read again. */
  cursor: string | null;
}

export type LogNews =
  | { kind: 'lines'; lines: SourceLine[] }
  /** Without a cursor it is read from here on: worth keeping before the first line is settled. */
  | { kind: 'begin'; cursor: string }
  /** Whether the log can be read; told when it changes. `says` is a sentence. */
  | { kind: 'state'; open: boolean; says: string }
  /** What is missing or cut, in a sentence; reading goes on. */
  | { kind: 'gap'; says: string };

/** A place where the daemon's log can be followed. */
export interface LogSource {
  /** Under which its cursor is kept. */
  readonly id: string;
  /**
   * Tells lines as they are written, oldest first, and goes on until the signal: what cannot be read is told and tried
   * again. Nothing is read ahead of who asks, so that memory is bounded by one batch and one line.
   *
   * @param from The cursor of the last line that needs not be told again; null at the first start.
   */
  follow(from: string | null, signal: AbortSignal): AsyncGenerator<LogNews, void>;
}

/** A longer line is cut: dockerd quotes whole answers of registries, and a page of an error is smaller than this. */
export const lineBytesMax = 1024 * 1024;

/** How a cut line is told of. */
export const cutSays = (bytes: number): string =>
  `A line of the log was cut after 1 MB; it is ${bytes} bytes longer.`;
