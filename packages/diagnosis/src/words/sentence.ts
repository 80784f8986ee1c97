/** `a`, `a and b`, `a, b and c` */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** `1 layer`, `3 layers` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/**
 * Words of a registry, a proxy or a daemon inside a sentence of ours: on one line, without control characters, of a
 * length that a page can show.
 */
export function quoted(text: string, charactersMax = 240): string {
  // Control characters and the marks that turn the direction of text: hostile input must not rearrange our sentence.
  const line = text
    .replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    // Our sentence has its own full stop.
    .replace(/\.$/, '');
  return `"${line.length > charactersMax ? `${line.slice(0, charactersMax - 1)}…` : line}"`;
}

/** Ends a sentence, unless it ends already. */
export function stop(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Sentences one after another; empty ones leave no gap. */
export function text(...sentences: (string | null | undefined)[]): string {
  return sentences
    .map((sentence) => sentence?.trim())
    .filter(Boolean)
    .join(' ');
}

export function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

export function upperFirst(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
