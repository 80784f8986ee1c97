import type { Cause } from '@pull-doctor/contract/causes';

/** Running text: plain, or with a mark. What is plain is shown as it stands; nothing of it is ever HTML. */
export type Inline =
  | string
  | { code: string }
  | { strong: Inline[] }
  | { em: Inline[] }
  | { cause: Cause; hash?: string; says: Inline[] }
  | { href: string; says: Inline[] };

/** One paragraph, list, table or block of code of a cause's page. */
export type Block =
  | { heading: 2 | 3; id: string; says: Inline[] }
  | { paragraph: Inline[] }
  | { list: Block[][]; isOrdered: boolean }
  | { heads: Inline[][]; rows: Inline[][][] }
  /** What programs print, line by line. */
  | { messages: string[] }
  /** The same thing to do, once for each shell. */
  | { commands: { shell: Shell; command: string }[] }
  | { file: string; language: string }
  | { quote: Block[] };

export type Shell = 'sh' | 'powershell';

/** What a list of causes says about one. */
export interface CauseEntry {
  cause: Cause;
  /** One sentence, as a person would say it: "The name of the registry is not found". */
  title: string;
  /** The first sentence of what the page says on top. */
  summary: Inline[];
}

/** The page of one cause: rules/<cause>/rule.md, read when the page was built. */
export interface CausePage extends CauseEntry {
  /** The whole paragraph under the title; empty where there is none. */
  lead: Inline[];
  /** One sentence without marks, for the description of the document. */
  description: string;
  blocks: Block[];
}

/** What is searched of one cause, with every word once: the page itself comes when it is opened. */
export interface CauseText {
  cause: Cause;
  /** Whole lines that programs print, by how surely they mean this cause. */
  messages: Record<MessageWeight, string[]>;
  /** The words of each part, by the id of its heading. */
  words: Record<string, string>;
}

/** As the signs of the rules have it: nothing else prints this, one of the likely causes, a seldom one. */
export const messageWeights = ['proves', 'fits', 'allows'] as const;
export type MessageWeight = (typeof messageWeights)[number];
