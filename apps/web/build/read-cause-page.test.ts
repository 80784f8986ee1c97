import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { causes } from '@pull-doctor/contract/causes';
import { describe, expect, it } from 'vitest';
import type { Block } from '../src/features/causes/cause-page.ts';
import { causeTextOf } from './cause-text.ts';
import { readCausePage } from './read-cause-page.ts';

const page = (body: string, top = '') => readCausePage('dns-failure', `# Title\n\n${top}\n\n${body}`);
const blocks = (body: string): Block[] => page(body).blocks;

describe('the page of a cause', () => {
  it('has a title, a lead and its first sentence', () => {
    const read = page(
      '## What you see',
      'Only `docker.io` is asked, e.g. by CI. The rest is [not](../unknown/rule.md).',
    );
    expect(read.title).toBe('Title');
    expect(read.summary).toEqual(['Only ', { code: 'docker.io' }, ' is asked, e.g. by CI.']);
    expect(read.description).toBe('Only docker.io is asked, e.g. by CI.');
    expect(read.lead).toContainEqual({ cause: 'unknown', says: ['not'] });
    expect(read.blocks).toHaveLength(1);
  });

  it('takes the first sentence of what happened where it has no lead', () => {
    const read = page(
      '## What you see\n\nA line.\n\n## What happened\n\nNobody answers, see [it](../unknown/rule.md). More.',
    );
    expect(read.lead).toEqual([]);
    expect(read.description).toBe('Nobody answers, see it.');
    expect(read.summary).toEqual(['Nobody answers, see ', 'it', '.']);
  });

  it('gives every heading an id that can be linked, each another one', () => {
    const ids = blocks('## What to do\n\n### On `Linux`\n\n## Other\n\n### On Linux').map(
      (block) => 'id' in block && block.id,
    );
    expect(ids).toEqual(['what-to-do', 'on-linux', 'other', 'on-linux-2']);
  });

  it('tells messages, commands and pieces of files apart', () => {
    expect(blocks('```\none\ntwo\n```\n\n```text\nthree\n```')).toEqual([
      { messages: ['one', 'two'] },
      { messages: ['three'] },
    ]);
    expect(blocks('```json\n{}\n```')).toEqual([{ file: '{}', language: 'json' }]);
  });

  it('joins the same thing for two shells, and not two things for one', () => {
    expect(blocks('```sh\na\n```\n\n```powershell\nb\n```\n\n```sh\nc\n```')).toEqual([
      {
        commands: [
          { shell: 'sh', command: 'a' },
          { shell: 'powershell', command: 'b' },
        ],
      },
      { commands: [{ shell: 'sh', command: 'c' }] },
    ]);
  });

  it('reads lists, numbered steps with commands in them, tables and quotes', () => {
    expect(blocks('1. Ask:\n\n   ```sh\n   a\n   ```\n')).toEqual([
      { isOrdered: true, list: [[{ paragraph: ['Ask:'] }, { commands: [{ shell: 'sh', command: 'a' }] }]] },
    ]);
    expect(blocks('| a | b |\n| - | - |\n| `x \\| y` | **z** |')).toEqual([
      { heads: [['a'], ['b']], rows: [[[{ code: 'x | y' }], [{ strong: ['z'] }]]] },
    ]);
    expect(blocks('> so')).toEqual([{ quote: [{ paragraph: ['so'] }] }]);
  });

  it('keeps HTML as text, and characters that have a name', () => {
    expect(blocks('Pull <host>/<img src=x onerror=alert(1)> &amp; `<b>`.')).toEqual([
      { paragraph: ['Pull <host>/<img src=x onerror=alert(1)> & ', { code: '<b>' }, '.'] },
    ]);
    expect(blocks('<script>alert(1)</script>')).toEqual([{ paragraph: ['<script>alert(1)</script>'] }]);
  });

  it('links to causes and to https, and to nothing else', () => {
    expect(blocks('[a](../unknown/rule.md#what-to-do) [b](https://example.com/)')).toEqual([
      {
        paragraph: [
          { cause: 'unknown', hash: 'what-to-do', says: ['a'] },
          ' ',
          { href: 'https://example.com/', says: ['b'] },
        ],
      },
    ]);
    for (const href of ['../no-such-cause/rule.md', 'http://example.com', 'javascript:alert(1)', '/settings'])
      expect(() => blocks(`[a](${href})`), href).toThrow(
        /rules\/dns-failure\/rule\.md: a link that the page cannot show/,
      );
    expect(() => blocks('![a](https://example.com/a.png)')).toThrow(/an? image/);
  });
});

const read = (cause: string, file: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../../packages/diagnosis/src/rules/${cause}/${file}`, import.meta.url)),
    'utf8',
  );

describe('every cause', () => {
  it.each(causes)('%s has a page that can be shown, with a summary', (cause) => {
    const { title, description, blocks: all } = readCausePage(cause, read(cause, 'rule.md'));
    expect(title).toMatch(/^\S.{5,80}$/);
    expect(description).toMatch(/^\S.{10,300}[.?!:]$/);
    expect(all.filter((block) => 'heading' in block && block.heading === 2)).toHaveLength(5);
  });
});

describe('what is searched', () => {
  const text = causeTextOf(
    page(
      '## What you see\n\n```\nno such host\n```\n\n## What to do\n\nAsk `getent` and ask again.',
      'The name.',
    ),
    [
      { line: 'lookup x: no such host', weight: 'proves' },
      { line: 'timeout', weight: 'allows' },
    ],
  );

  it('is whole lines, each once and none that another holds', () => {
    expect(text.messages).toEqual({ proves: ['lookup x: no such host'], fits: [], allows: ['timeout'] });
  });

  it('is every word of a part once', () => {
    expect(text.words).toEqual({ lead: 'the name', 'what-to-do': 'ask getent and again' });
  });
});
