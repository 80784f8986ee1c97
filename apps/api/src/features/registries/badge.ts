import type { LoginStatus } from '@pull-doctor/contract/registries';

/** The words of the page, and colours that white letters can be read on. */
const shown: Record<LoginStatus, { word: string; colour: string }> = {
  ok: { word: 'Signed in', colour: '#1f6f43' },
  expiring: { word: 'Expires soon', colour: '#8a5300' },
  expired: { word: 'Expired', colour: '#a3311f' },
  invalid: { word: 'Rejected', colour: '#a3311f' },
  missing: { word: 'No credential', colour: '#4f5661' },
  unreachable: { word: 'Unreachable', colour: '#a3311f' },
  unknown: { word: 'Not checked', colour: '#4f5661' },
  running: { word: 'Checking', colour: '#4f5661' },
};
const notWatched = { word: 'Not watched', colour: '#4f5661' };

// Verdana and its kin at 11 px: no letter of a host is wider.
const letterPx = 7;
const padPx = 8;
const hostCharactersMax = 60;

/** An SVG with a host and the word of its status, and nothing else. Any host is safe: it is text, escaped. */
export function badge(host: string, status: LoginStatus | null): string {
  const { word, colour } = status === null ? notWatched : shown[status];
  const name = host.length > hostCharactersMax ? `${host.slice(0, hostCharactersMax - 1)}…` : host;
  const left = name.length * letterPx + 2 * padPx;
  const right = word.length * letterPx + 2 * padPx;
  const label = escaped(`${name}: ${word}`);
  const text = (x: number, width: number, words: string) =>
    `<text x="${x + padPx}" y="14" textLength="${width - 2 * padPx}">${escaped(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<rect width="${left}" height="20" fill="#2b3038"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${colour}"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    text(0, left, name),
    text(left, right, word),
    '</g></svg>',
  ].join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** As XML text and inside quotation marks; what XML 1.0 forbids becomes the replacement character. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
