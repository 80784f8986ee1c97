const shownCharactersMax = 60;

/** A piece of input inside a sentence: in quotes, cut to 60 characters, with invisible characters named. */
export function quote(text: string): string {
  const cut = text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text;
  return `"${cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, nameCharacter)}"`;
}

/** `U+200B`, the way a character that cannot be seen is named. */
export function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
