import type { FoundFault } from './find-fault.ts';
import { digestLengths, isDigest, type ReferenceParts } from './grammar.ts';
import { quote } from './quote.ts';

/** What is wrong with the part after `@`. */
export function digestFault(text: string, { digest, digestAt }: ReferenceParts): FoundFault | null {
  if (digest === null || isDigest(digest)) return null;
  const fault = { code: 'malformed-digest', at: digestAt, length: digest.length } as const;
  if (digest === '') {
    const fix = text.slice(0, digestAt - 1);
    return { ...fault, at: digestAt - 1, length: 1, what: 'There is no digest after "@".', fix };
  }
  const colon = digest.indexOf(':');
  if (colon < 0) {
    const sha256 = /^[a-f0-9]{64}$/i.test(digest) ? `${text.slice(0, digestAt)}sha256:${digest}` : null;
    const what = `${quote(digest)} is no digest; a digest looks like sha256: and 64 hexadecimal digits.`;
    return { ...fault, what, fix: sha256?.toLowerCase() ?? null };
  }
  const algorithm = digest.slice(0, colon);
  const digits = digest.slice(colon + 1);
  const wanted = digestLengths.get(algorithm.toLowerCase());
  const head = text.slice(0, digestAt);
  if (wanted === undefined) {
    const known = [...digestLengths.keys()].join(', ');
    const what = `Docker knows no digest algorithm ${quote(algorithm)}; it knows ${known}.`;
    return { code: 'unsupported-digest', what, at: digestAt, length: algorithm.length };
  }
  const wrong = /[^a-f0-9]/i.exec(digits);
  if (wrong) {
    const at = digestAt + colon + 1 + wrong.index;
    const what = `${quote(wrong[0])} is no hexadecimal digit, so ${quote(digest.slice(0, 20))} is no digest.`;
    return { ...fault, what, at, length: 1 };
  }
  if (digits.length !== wanted) {
    const what = `The digest has ${digits.length} hexadecimal digits; ${algorithm.toLowerCase()} has ${wanted}. Docker needs all of them.`;
    return { ...fault, what };
  }
  return { ...fault, what: 'Digests are written in lower case.', fix: head + digest.toLowerCase() };
}
