/**
 * A value that can be sent to a registry but never printed, logged or stored: every way of turning it into text
 * gives "[secret]".
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The only way out. Call it where a request, a helper's input or an expiry is made from it, and nowhere else. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  // util.inspect's hook, by its registered name: this package knows nothing of Node.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
