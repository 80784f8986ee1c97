import type { FoundFault } from './find-fault.ts';
import { type ReferenceParts, repositoryLengthMax, separatorPattern } from './grammar.ts';
import { nameCharacter, quote } from './quote.ts';

/** What is wrong with the repository: an empty part, a character, upper case, its length. */
export function pathFault(text: string, parts: ReferenceParts): FoundFault | null {
  const { path, pathAt, host } = parts;
  const stray = characterFault(text, parts) ?? emptyPartFault(text, parts);
  if (stray) return stray;
  if (/[A-Z]/.test(path)) {
    const at = pathAt + path.search(/[A-Z]/);
    const lower = path.toLowerCase();
    const what = `Repository names are lower case; ${quote(path)} is not.`;
    return {
      code: 'uppercase-repository',
      what,
      at,
      length: pathAt + path.length - at,
      fix: splice(text, parts, lower),
    };
  }
  const separators = separatorFault(parts);
  if (separators) return separators;
  const fullLength = path.length + (host === null && !path.includes('/') ? 'library/'.length : 0);
  if (fullLength <= repositoryLengthMax) return null;
  const what = `The repository name has ${fullLength} characters; Docker allows ${repositoryLengthMax}.`;
  return { code: 'too-long', what, at: pathAt, length: path.length };
}

function characterFault(text: string, parts: ReferenceParts): FoundFault | null {
  const { path, pathAt } = parts;
  const index = path.search(/[^A-Za-z0-9._/-]/u);
  if (index < 0) return null;
  const character = String.fromCodePoint(path.codePointAt(index) ?? 0);
  const fault = { code: 'bad-character', at: pathAt + index, length: character.length } as const;
  if (character === '\\') {
    const what = 'The parts of an image name are separated by "/", not by a backslash.';
    return { ...fault, what, fix: text.replaceAll('\\', '/') };
  }
  // "nginx," and "nginx;" come along when a name is copied out of a sentence
  const end = /^[,;)\]}>!.]+$/.test(path.slice(index)) && parts.tag === null && parts.digest === null;
  const isAscii = character <= '\u007f';
  const shown = isAscii ? quote(character) : `${quote(character)} (${nameCharacter(character)})`;
  const what = `${shown} cannot be in an image name. Letters a to z, digits, ".", "_", "-" and "/" can.`;
  return { ...fault, what, fix: end ? text.slice(0, pathAt + index) : null };
}

function emptyPartFault(text: string, parts: ReferenceParts): FoundFault | null {
  const { path, pathAt, host } = parts;
  if (path === '') {
    const fault = { code: 'empty-part', at: pathAt, length: 0 } as const;
    if (host === null) return { ...fault, what: 'There is no repository name before the tag or digest.' };
    const what = `Nothing follows ${quote(`${host}/`)}: the repository is missing.`;
    return { ...fault, what };
  }
  if (path.startsWith('/')) {
    const what =
      'There is nothing before the first slash. A variable that should hold the host may be empty.';
    return {
      code: 'empty-part',
      what,
      at: pathAt,
      length: 1,
      fix: splice(text, parts, path.replace(/^\/+/, '')),
    };
  }
  const at = path.includes('//') ? path.indexOf('//') : path.endsWith('/') ? path.length - 1 : -1;
  if (at < 0) return null;
  const what = path.includes('//')
    ? `There is nothing between the two slashes after ${quote(path.slice(0, at))}.`
    : `There is nothing after the last slash of ${quote(path)}.`;
  const closed = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return { code: 'empty-part', what, at: pathAt + at, length: 1, fix: splice(text, parts, closed) };
}

/** `app.`, `-app`, `my..app`, `a___b`: separators stand singly (or as `__`, or as several `-`) between letters and digits. */
function separatorFault({ path, pathAt }: ReferenceParts): FoundFault | null {
  let at = pathAt;
  for (const part of path.split('/')) {
    for (const { 0: separator, index } of part.matchAll(/[._-]+/g)) {
      const fault = { code: 'bad-character', at: at + index, length: separator.length } as const;
      const edge = index === 0 ? 'begins' : index + separator.length === part.length ? 'ends' : null;
      if (edge !== null) {
        const what = `The part ${quote(part)} ${edge} with ${quote(separator)}; it begins and ends with a letter or a digit.`;
        return { ...fault, what };
      }
      if (!separatorPattern.test(separator)) {
        const what = `${quote(separator)} in ${quote(part)} is no separator. One ".", one or two "_", or hyphens are.`;
        return { ...fault, what };
      }
    }
    at += part.length + 1;
  }
  return null;
}

function splice(text: string, { path, pathAt }: ReferenceParts, replacement: string): string {
  return text.slice(0, pathAt) + replacement + text.slice(pathAt + path.length);
}
