import { describe, expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

describe('a word of a command line', () => {
  it.each([
    ['stays as it is where a shell reads only letters', 'ghcr.io:8443/acme/app:1', 'ghcr.io:8443/acme/app:1'],
    ['is quoted for the dollar of a Harbor robot', 'robot$ci', "'robot$ci'"],
    ['is quoted for a Red Hat service account', '1234567|ci', "'1234567|ci'"],
    ['is quoted for an address in brackets', '[::1]:5000', "'[::1]:5000'"],
    ['cannot end its own quotes', "a'; rm -rf /; '", "'a'\\''; rm -rf /; '\\'''"],
    ['cannot become an option', '--config=/tmp', "'--config=/tmp'"],
    ['is not lost when empty', '', "''"],
  ])('%s', (_, word, quoted) => {
    expect(shellWord(word)).toBe(quoted);
  });
});
