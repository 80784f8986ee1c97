/** The text of a configuration file, in a form from which every byte can be had back. */
export interface FileText {
  text: string;
  /** How the file is encoded. What is not UTF-8 was converted, and is written back as UTF-8. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
}

/**
 * Decodes the bytes of a file. UTF-16, which tools of Windows write, is known by its mark or by the zero bytes that every
 * other byte of it is. Bytes that are no UTF-8 stand as single surrogates (U+DC80 + n), as Python has it, so that
 * `textToBytes` gives them back as they were. A mark at the beginning stays in the text for UTF-8, and goes for UTF-16.
 */
export function bytesToText(bytes: Uint8Array): FileText {
  const [first, second] = bytes;
  const unmarked = bytes.subarray(2);
  if (first === 0xff && second === 0xfe)
    return { encoding: 'utf-16le', text: new TextDecoder('utf-16le').decode(unmarked) };
  if (first === 0xfe && second === 0xff)
    return { encoding: 'utf-16be', text: new TextDecoder('utf-16be').decode(unmarked) };
  const isWide = bytes.length % 2 === 0 && bytes.length >= 4 && hasZeroAtEveryOther(bytes);
  if (isWide && first !== 0) return { encoding: 'utf-16le', text: new TextDecoder('utf-16le').decode(bytes) };
  if (isWide && second !== 0)
    return { encoding: 'utf-16be', text: new TextDecoder('utf-16be').decode(bytes) };
  return { encoding: 'utf-8', text: fromUtf8(bytes) };
}

/** The bytes of a text of `bytesToText`, in UTF-8. */
export function textToBytes(text: string): Uint8Array {
  const parts = text.split(/((?<![\uD800-\uDBFF])[\uDC80-\uDCFF])/);
  if (parts.length === 1) return new TextEncoder().encode(text);
  const encoder = new TextEncoder();
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 1 ? Uint8Array.of(part.charCodeAt(0) - 0xdc00) : encoder.encode(part),
    ),
  );
}

/** Of a text in UTF-16 that is mostly ASCII, one of each two bytes is zero in nearly all places, and the other never. */
function hasZeroAtEveryOther(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096);
  const zerosAt = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  return Math.max(even, odd) > head.length * 0.35 && Math.min(even, odd) === 0;
}

function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at, decoder);
    if (length > 0) {
      at += length;
      continue;
    }
    text += decoder.decode(bytes.subarray(from, at));
    text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += 1;
    from = at;
  }
  return text + decoder.decode(bytes.subarray(from));
}

/** 0: what begins here is no character. */
function lengthOfCharacter(bytes: Uint8Array, at: number, decoder: InstanceType<typeof TextDecoder>): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || at + length > bytes.length) return 0;
  try {
    decoder.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}
