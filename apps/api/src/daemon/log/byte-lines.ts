export interface ByteLine {
  /** Without its line end; what is no UTF-8 is shown as U+FFFD. */
  text: string;
  /** Bytes that the line has beyond what is kept; 0 for almost all. */
  cutBytes: number;
  /** How many bytes were added until its end, line end included. */
  end: number;
  /** The last bytes up to its end, line end included: by them the place is known again. */
  anchor: Buffer;
}

/** How many bytes before a place are remembered. A line of dockerd has its time, to the nanosecond, in fewer. */
export const anchorBytes = 96;

const newline = 0x0a;

/**
 * Cuts a stream of bytes into lines and keeps at most one line of it.
 *
 * @param before The bytes in front of the first that is added, for the anchors.
 */
export function byteLines(lineBytesMax: number, before: Buffer = Buffer.alloc(0)) {
  let tail = before.subarray(-anchorBytes);
  let parts: Buffer[] = [];
  let kept = 0;
  let cutBytes = 0;
  let total = 0;
  let lineStart = 0;

  const keep = (bytes: Buffer) => {
    // A file that was truncated under a writer that does not append begins with a hole, which reads as zeros.
    const from = kept === 0 ? bytes.findIndex((byte) => byte !== 0) : 0;
    const rest = from === -1 ? bytes.subarray(0, 0) : bytes.subarray(from);
    const fits = rest.subarray(0, lineBytesMax - kept);
    if (fits.length > 0) parts.push(fits);
    kept += fits.length;
    cutBytes += rest.length - fits.length;
  };
  const take = (end: number, anchor: Buffer): ByteLine => {
    const text = Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    const line = { text, cutBytes, end, anchor };
    [parts, kept, cutBytes, lineStart] = [[], 0, 0, end];
    return line;
  };

  return {
    /** The lines that end in these bytes. */
    add(bytes: Buffer): ByteLine[] {
      const lines: ByteLine[] = [];
      const joined = Buffer.concat([tail, bytes]);
      let start = 0;
      for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, start)) {
        keep(bytes.subarray(start, at));
        start = at + 1;
        const end = tail.length + start;
        lines.push(take(total + start, joined.subarray(Math.max(0, end - anchorBytes), end)));
      }
      const partsBefore = parts.length;
      keep(bytes.subarray(start));
      total += bytes.length;
      // Copies: a view would hold the whole of what was read.
      parts = [...parts.slice(0, partsBefore), ...parts.slice(partsBefore).map((part) => Buffer.from(part))];
      tail = Buffer.from(joined.subarray(-anchorBytes));
      return lines;
    },
    /** The line that has no end yet, taken as it is; null where there is none. */
    rest(): ByteLine | null {
      return total > lineStart ? take(total, tail) : null;
    },
    /** The last bytes that were added. */
    get tail() {
      return tail;
    },
  };
}
