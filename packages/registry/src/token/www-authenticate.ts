import type { Challenge } from '@pull-doctor/contract/evidence/registry';

/*
 * RFC 9110, section 11.6.1:
 *
 *   WWW-Authenticate = #challenge
 *   challenge        = auth-scheme [ 1*SP ( token68 / #auth-param ) ]
 *   auth-param       = token BWS "=" BWS ( token / quoted-string )
 *
 * A comma parts both challenges and parameters; what follows a name tells which it was: "=" makes it a parameter.
 *
 * Read besides, because registries send it: values without quotes that are no tokens (IBM: realm=https://us.icr.io/…),
 * no comma or several between parameters, blanks around "=", a quote that is never closed, other case of the scheme
 * (Nexus: BASIC).
 */

// No registry offers more than two.
const challengesMax = 10;
const valueCharactersMax = 4_096;

/**
 * The challenges of all WWW-Authenticate lines of an answer, in their order. Whatever the text, it gives what can be
 * read, in time linear in its length.
 */
export function parseChallenges(lines: readonly string[]): Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const line of lines) {
    const scanner = { text: line, at: 0 };
    while (scanner.at < line.length && found.length <= challengesMax) {
      const name = readToken(scanner);
      if (name === '') {
        scanner.at += 1;
        continue;
      }
      const afterName = scanner.at;
      skipBlanks(scanner);
      if (line[scanner.at] === '=') {
        scanner.at += 1;
        skipBlanks(scanner);
        const value = readValue(scanner);
        // Of a parameter that is given twice, the last counts, as in Docker's client.
        found.at(-1)?.parameters.set(name.toLowerCase(), value);
      } else {
        scanner.at = afterName;
        found.push({ scheme: name.toLowerCase(), parameters: new Map() });
      }
    }
  }
  return found.slice(0, challengesMax).map(({ scheme, parameters }) => ({
    scheme: scheme.slice(0, 64),
    realm: parameters.get('realm') ?? null,
    service: parameters.get('service') ?? null,
    scope: parameters.get('scope') ?? null,
    error: parameters.get('error') ?? null,
  }));
}

/**
 * The challenge that Docker answers: Bearer with a realm, else Basic.
 *
 * Some registries offer several ("Negotiate" before "Basic", for one), and the first is not always one that a Docker
 * client speaks.
 */
export function chooseChallenge(challenges: readonly Challenge[]): Challenge | null {
  return (
    challenges.find(({ scheme, realm }) => scheme === 'bearer' && realm) ??
    challenges.find(({ scheme }) => scheme === 'basic') ??
    null
  );
}

interface Scanner {
  text: string;
  at: number;
}

const tokenCharacter = /[!#$%&'*+.^_`|~0-9A-Za-z-]/;

function readToken(scanner: Scanner): string {
  const start = scanner.at;
  while (scanner.at < scanner.text.length && tokenCharacter.test(scanner.text[scanner.at] ?? ''))
    scanner.at += 1;
  return scanner.text.slice(start, scanner.at);
}

function skipBlanks(scanner: Scanner): void {
  while (scanner.text[scanner.at] === ' ' || scanner.text[scanner.at] === '\t') scanner.at += 1;
}

function readValue(scanner: Scanner): string {
  const { text } = scanner;
  if (text[scanner.at] !== '"') {
    const start = scanner.at;
    while (scanner.at < text.length && !/[,\s]/.test(text[scanner.at] ?? '')) scanner.at += 1;
    return text.slice(start, Math.min(scanner.at, start + valueCharactersMax));
  }
  scanner.at += 1;
  const pieces: string[] = [];
  let start = scanner.at;
  while (scanner.at < text.length && text[scanner.at] !== '"') {
    if (text[scanner.at] === '\\') {
      pieces.push(text.slice(start, scanner.at));
      // The character after the backslash stands for itself.
      start = scanner.at + 1;
      scanner.at += 1;
    }
    scanner.at += 1;
  }
  pieces.push(text.slice(start, scanner.at));
  scanner.at += 1;
  return pieces.join('').slice(0, valueCharactersMax);
}
