/**
 * One word of a command line, quoted where a shell would read more into it than its letters: `robot$ci` becomes
 * `'robot$ci'`. POSIX shells and PowerShell agree on single quotes as long as no quote is inside; a quote inside is
 * written the POSIX way.
 */
export function shellWord(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) && !word.startsWith('-')) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
