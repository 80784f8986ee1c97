import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseChallenge, parseChallenges } from './www-authenticate.ts';

const outline = (lines: readonly string[]) =>
  parseChallenges(lines).map(({ scheme, realm, service, scope, error }) =>
    [scheme, realm, service, scope, error].map((part) => part ?? '-').join(' | '),
  );

describe('WWW-Authenticate', () => {
  it.each<[string, string[], string[]]>([
    [
      'Docker Hub',
      [
        'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
      ],
      ['bearer | https://auth.docker.io/token | registry.docker.io | repository:a/b:pull | -'],
    ],
    [
      'a comma inside a quoted scope',
      ['Bearer realm="https://h/t",scope="repository:a/b:pull,push",error="insufficient_scope"'],
      ['bearer | https://h/t | - | repository:a/b:pull,push | insufficient_scope'],
    ],
    [
      'two challenges in one line (Gitea)',
      [
        'Bearer realm="https://h/v2/token",service="container_registry",scope="*",Basic realm="https://h/v2",service="container_registry",scope="*"',
      ],
      [
        'bearer | https://h/v2/token | container_registry | * | -',
        'basic | https://h/v2 | container_registry | * | -',
      ],
    ],
    ['two lines', ['Negotiate', 'Basic realm="x"'], ['negotiate | - | - | - | -', 'basic | x | - | - | -']],
    [
      'values without quotes, blank after the comma (IBM)',
      ['Bearer realm=https://us.icr.io/oauth/token, service=registry, scope=repository:a/b:pull'],
      ['bearer | https://us.icr.io/oauth/token | registry | repository:a/b:pull | -'],
    ],
    [
      'no service (gcr.io)',
      ['Bearer realm="https://gcr.io/v2/token"'],
      ['bearer | https://gcr.io/v2/token | - | - | -'],
    ],
    [
      'another case (Nexus)',
      ['BASIC realm="Sonatype Nexus Repository Manager"'],
      ['basic | Sonatype Nexus Repository Manager | - | - | -'],
    ],
    [
      'blanks around the equals sign',
      ['Bearer realm = "https://h/t" , service\t=\t"s"'],
      ['bearer | https://h/t | s | - | -'],
    ],
    [
      'no comma between parameters',
      ['Bearer realm="https://h/t"service="s"'],
      ['bearer | https://h/t | s | - | -'],
    ],
    [
      'commas too many',
      [',,Bearer ,, realm="https://h/t",,service="s",,'],
      ['bearer | https://h/t | s | - | -'],
    ],
    ['an escaped quote', ['Basic realm="say \\"hi\\", \\\\"'], ['basic | say "hi", \\ | - | - | -']],
    [
      'a quote that is never closed',
      ['Bearer realm="https://h/t,service="s"'],
      ['bearer | https://h/t,service= | - | - | -', 's | - | - | - | -'],
    ],
    [
      'a token68',
      ['Negotiate YII=, Bearer realm="https://h/t"'],
      ['negotiate | - | - | - | -', 'bearer | https://h/t | - | - | -'],
    ],
    ['parameters of nothing', ['realm="y", service="s"'], []],
    ['an empty line', [''], []],
  ])('%s', (_, lines, expected) => expect(outline(lines)).toEqual(expected));

  it('chooses Bearer with a realm, else Basic, and skips what Docker does not speak', () => {
    const choose = (line: string) => chooseChallenge(parseChallenges([line]))?.scheme ?? null;
    expect(choose('Negotiate, Basic realm="x", Bearer realm="https://h/t"')).toBe('bearer');
    expect(choose('Bearer service="s", Basic realm="x"')).toBe('basic');
    expect(choose('Bearer service="s"')).toBe(null);
    expect(choose('Negotiate, NTLM')).toBe(null);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string({ unit: fc.constantFrom('"', '\\', ',', '=', ' ', 'a', 'Bearer') }),
          ),
        ),
        (lines) => {
          for (const challenge of parseChallenges(lines)) expect(challenge.scheme).not.toBe('');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(['"', '\\', ',', '=', 'a=', 'a="', ' ', 'Bearer ', '\\"', 'a'])(
    'reads 64 KB of %j at once',
    (piece) => {
      const line = `Bearer realm="${piece.repeat(65_536 / piece.length)}`;
      const started = performance.now();
      parseChallenges([line, piece.repeat(65_536 / piece.length)]);
      expect(performance.now() - started).toBeLessThan(150);
    },
  );
});
