import type { FoundFault } from './find-fault.ts';
import { type ReferenceParts, tagLengthMax, tagPattern } from './grammar.ts';
import { nameCharacter, quote } from './quote.ts';

/** What is wrong with the part after the colon. */
export function tagFault(text: string, { tag, tagAt }: ReferenceParts): FoundFault | null {
  if (tag === null || tagPattern.test(tag)) return null;
  if (tag === '') {
    const what = `There is no tag after ${quote(text.slice(0, tagAt).slice(-40))}. A variable that should hold it may be empty.`;
    const fix = text.slice(0, tagAt - 1) + text.slice(tagAt);
    return { code: 'empty-tag', what, at: tagAt - 1, length: 1, fix };
  }
  const fault = { code: 'bad-tag', at: tagAt, length: tag.length } as const;
  const index = tag.search(/[^A-Za-z0-9_.-]/u);
  if (index >= 0) {
    const character = String.fromCodePoint(tag.codePointAt(index) ?? 0);
    const place = { at: tagAt + index, length: character.length };
    if (character === ':') {
      const digest = /^(sha(?:256|384|512)):?[a-f0-9:]+$/.exec(tag);
      const what = digest
        ? 'A digest is joined to the name by "@", not by a colon.'
        : `The tag ${quote(tag)} holds a colon. There is one tag, after the last part of the name.`;
      return { ...fault, ...place, what, fix: digest ? `${text.slice(0, tagAt - 1)}@${tag}` : null };
    }
    if (character === '/') {
      const what = `The tag ${quote(tag)} holds a slash. A tag comes at the end of the name, after its last part.`;
      return { ...fault, ...place, what };
    }
    if (character === '+') {
      const what = `The tag ${quote(tag)} holds "+", which tags do not have; versions are mostly tagged with "-" or "_" in its place.`;
      return { ...fault, ...place, what };
    }
    // "nginx:1.25," comes along when a name is copied out of a sentence
    const end = /^[,;)\]}>!]+[.]?$/.test(tag.slice(index));
    const shown =
      character <= '\u007f' ? quote(character) : `${quote(character)} (${nameCharacter(character)})`;
    const what = `${shown} cannot be in a tag. Letters, digits, "_", "." and "-" can.`;
    return {
      ...fault,
      ...place,
      what,
      fix: end ? text.slice(0, tagAt + index) + text.slice(tagAt + tag.length) : null,
    };
  }
  if (tag.length > tagLengthMax)
    return { ...fault, what: `The tag has ${tag.length} characters; Docker allows ${tagLengthMax}.` };
  return {
    ...fault,
    length: 1,
    what: `The tag ${quote(tag)} begins with ${quote(tag.charAt(0))}; it begins with a letter, a digit or "_".`,
  };
}
