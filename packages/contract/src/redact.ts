import { type SecretShape, secretShapes } from './secret-shapes.ts';

/** What stands in place of a secret, wherever text is shown, logged or stored. */
export const redacted = '[redacted]';

/** Text in which everything that looks like a secret was replaced, and how many that were, by kind. */
export interface Redacted {
  text: string;
  hidden: number;
  kinds: string[];
}

/**
 * Hides what looks like a secret in text from outside (pasted errors, log lines, registry answers). The scheme or the
 * known prefix stays ("Bearer", "ghp_"), nothing after it. Variables and marks of other programs ("$TOKEN", "***") are
 * no secrets and stay. Runs in time linear in the text's length.
 */
export function redactText(input: string): Redacted {
  const kinds: string[] = [];
  const text = secretShapes.reduce((before, shape) => hide(before, shape, kinds), input);
  return { text, hidden: kinds.length, kinds };
}

function hide(input: string, { kind, pattern, unless }: SecretShape, kinds: string[]): string {
  return input.replace(pattern, (whole, before: string, secret: string, ...rest) => {
    const [after, place] = typeof rest[0] === 'string' ? [rest[0], rest[1]] : ['', rest[0]];
    if (isHarmless(secret) || unless?.(lineBefore(input, Number(place)), whole)) return whole;
    kinds.push(kind);
    return `${before}${redacted}${after}`;
  });
}

/** Hidden already, here or by another program; or a variable, whose name tells nothing. */
function isHarmless(secret: string): boolean {
  return /^["'\\]{0,8}(?:\[(?:redacted|masked)|\*{2,}|x{3,}["'\\]{0,8}$|<[a-z][\w -]*>["'\\]{0,8}$)|^"?(?:\$[A-Za-z_{(]|%[A-Za-z_]+%|\{\{)/i.test(
    secret,
  );
}

const lineCharactersMax = 400;

function lineBefore(input: string, place: number): string {
  const before = input.slice(Math.max(0, place - lineCharactersMax), place).replace(/[\\`]\r?\n/g, ' ');
  return before.slice(before.lastIndexOf('\n') + 1);
}
