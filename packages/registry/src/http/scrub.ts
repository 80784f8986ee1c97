import { redacted, redactText } from '@pull-doctor/contract/redact';
import type { Secret } from '@pull-doctor/contract/secret';

/**
 * Takes the secrets of this probe, and everything that looks like one, out of text that came from outside: a registry
 * or a proxy may quote the header that it did not like.
 */
export class Scrubber {
  readonly #known = new Set<string>();

  /** From now on this value, and its base64 forms, are hidden. */
  hide(secret: Secret): void {
    const value = secret.reveal();
    // Shorter ones would blank half of every text, and are no secrets.
    if (value.length < 4) return;
    this.#known.add(value);
    const base64 = Buffer.from(value).toString('base64');
    this.#known.add(base64);
    this.#known.add(base64.replace(/=+$/, ''));
    this.#known.add(encodeURIComponent(value));
  }

  /** @param charactersMax of what comes back; the cut is made after the hiding */
  text(input: string, charactersMax: number): string {
    let text = input.slice(0, charactersMax * 4);
    for (const value of this.#known) text = text.replaceAll(value, redacted);
    return redactText(printable(text)).text.slice(0, charactersMax);
  }
}

// Registry answers end up in terminals and pages: no escapes, no bidirectional overrides.
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    /[\n\r\t]/.test(character) ? character : '\uFFFD',
  );
}
