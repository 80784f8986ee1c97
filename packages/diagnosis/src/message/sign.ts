import type { Cause } from '@pull-doctor/contract/causes';
import type { Circumstances } from './circumstances.ts';

/** Words by which error texts tell of a cause. Where several causes share them, each names them with its own weight. */
export interface Phrase {
  /**
   * Matched against the text in lower case, with escapes undone, colours taken away and white space made one (see
   * clean-text.ts). Runs in time linear in the text's length: no nested repetition, every repetition bounded.
   */
  says: RegExp;
  /** Which programs print it. */
  seenIn: string;
  /** A real line that it was taken from; a test matches it. */
  line: string;
}

/** What a phrase tells of one cause. */
export interface Sign extends Phrase {
  /** What the phrase means for this cause, in one sentence that a person reads. */
  means: string;
  /**
   * `proves`: nothing else makes a program print this. `fits`: several causes end in these words, and this is one of
   * those to think of first. `allows`: this cause ends in these words too, but seldom.
   */
  weight: 'proves' | 'fits' | 'allows';
  /** Causes that these words, heard in the same failure, leave no room for. */
  excludes?: readonly Cause[];
  /** Counts only where this holds; the circumstances are read from the whole text. */
  when?: (around: Circumstances) => boolean;
}
