/** A phrase by which error texts name a cause. */
export interface Sign {
  /** Runs in time linear in the text's length: no nested repetition, every repetition bounded or of one class. */
  says: RegExp;
  /** Which programs print it. */
  seenIn: string;
  /** A real line that it was taken from; a test matches it. */
  line: string;
  /**
   * `proves`: nothing else makes a program print this. `fits`: several causes end in these words, and this is one of
   * them.
   */
  weight: 'proves' | 'fits';
}
