import { type Node, parseTree } from 'jsonc-parser';
import { registryOfKey } from '../registry-of-key.ts';
import { shownKey } from '../shown-key.ts';
import { bytesToText, textToBytes } from './bytes-as-text.ts';
import { type Difference, differenceOf } from './difference.ts';
import { entriesOf, propertiesIn } from './entries.ts';
import type { Choices, Fault } from './fault.ts';
import type { AccessChange } from './file-faults.ts';
import { type ConfigFacts, examine, findFaults } from './find-faults.ts';
import { chosenOf, mendSyntax } from './mend-syntax.ts';
import { NewText } from './new-text.ts';

/** What the chosen repairs make of a file. Nothing in it is a secret but what `text` reveals. */
export interface RepairPlan {
  ok: true;
  /** null: the content stays as it is. */
  text: NewText | null;
  /** Owner and mode that the file shall have; empty: they stay. */
  access: AccessChange;
  /** Whether a folder is to be moved out of the file's place. */
  movesFolder: boolean;
  repaired: { fault: Fault; way: string }[];
  /** Faults that stay, because nobody chose a way for them. */
  left: Fault[];
  /** What is lost by it, in sentences. */
  loses: string[];
  difference: Difference;
}

export interface NoRepair {
  ok: false;
  refusal: {
    code: 'undecided' | 'no-repair';
    what: string;
    why: string;
    fix: string;
  };
  /** The faults that stand in the way. */
  faults: Fault[];
}

/**
 * Repairs a config.json with the ways that were chosen, and changes no byte besides. Pure.
 *
 * Refuses where the file cannot be made to something that Docker reads, and where a person has to choose first.
 *
 * @param bytes the content; null: there is no file, or none that can be read
 */
export function repairConfig(
  bytes: Uint8Array | null,
  facts: ConfigFacts = {},
  choices: Choices = {},
): RepairPlan | NoRepair {
  const { faults, source, repaired, access, movesFolder } = examine(bytes, facts, choices);
  if (repaired === null) return refusalFor(faults, choices);
  const next = textToBytes(repaired);
  const isSame = bytes === null || Buffer.from(bytes).equals(next);
  const taken = faults.flatMap((one) => {
    const chosen = one.ways.find(({ id }) => id === chosenOf(one, choices));
    return chosen ? [{ fault: one, way: chosen }] : [];
  });
  // what a repair brought to light, or could not do: it is looked at again, without a choice
  const blocking = isSame ? [] : findFaults(next, facts).filter(({ weight }) => weight === 'blocks');
  if (blocking.length > 0) return refusalFor(blocking, {});
  return {
    ok: true,
    text: isSame ? null : new NewText(next),
    access,
    movesFolder,
    repaired: taken.map(({ fault, way }) => ({ fault, way: way.id })),
    left: faults.filter((one) => !taken.some(({ fault }) => fault === one)),
    loses: [...new Set(taken.flatMap(({ way }) => way.loses))],
    difference: differenceOf(source, repaired),
  };
}

function refusalFor(faults: readonly Fault[], choices: Choices): NoRepair {
  const blocking = faults.filter(
    (one) => one.weight === 'blocks' && (one.ways.length === 0 || chosenOf(one, choices) === null),
  );
  const undecided = blocking.find(({ ways }) => ways.length > 0);
  const [first] = blocking;
  const where = first?.line ? ` (line ${first.line}, column ${first.column})` : '';
  return {
    ok: false,
    faults: blocking,
    refusal: undecided
      ? {
          code: 'undecided',
          what: 'The file is not repaired yet.',
          why: undecided.what,
          fix: 'Choose which side to keep.',
        }
      : {
          code: 'no-repair',
          what: 'The file cannot be repaired without knowing what was meant.',
          why: `${first?.what ?? 'It is no JSON.'}${where}`,
          fix: 'Repair that line by hand, or start again from {}.',
        },
  };
}

/** The last way: an empty configuration. */
export interface FreshStart {
  text: NewText;
  /** Registries whose logins or helpers are lost, as far as they can be read. */
  registries: string[];
  /** Other settings that are lost, by name. */
  settings: string[];
  difference: Difference;
}

/** Starts again from {}, and says what is lost, as far as it can be read from what is there. Pure. */
export function startAgain(bytes: Uint8Array): FreshStart {
  const { text } = bytesToText(bytes);
  const syntax = mendSyntax(text, {});
  const root = readWhatCanBe(syntax.text);
  const top = propertiesIn(root);
  const keys = [
    ...(root ? entriesOf(root) : []).map(({ name }) => name),
    ...top
      .filter(({ name }) => name.toLowerCase() === 'credhelpers')
      .flatMap(({ value }) => propertiesIn(value))
      .map(({ name }) => name),
  ];
  const empty = '{}\n';
  return {
    text: new NewText(textToBytes(empty)),
    registries: [...new Set(keys.map((key) => registryOfKey(key).host ?? shownKey(key)))],
    settings: [
      ...new Set(
        top
          .map(({ name }) => name)
          .filter((name) => !/^(?:auths|credhelpers)$/i.test(name))
          .map(shownKey),
      ),
    ],
    difference: differenceOf(text, empty),
  };
}

/** Parses what it can of a text that is no JSON. */
function readWhatCanBe(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch (error) {
    // the parser descends by recursion, and a text may be made to be deeper than that goes
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
