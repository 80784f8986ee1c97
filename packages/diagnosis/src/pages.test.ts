import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { causes } from '@pull-doctor/contract/causes';
import { describe, expect, it } from 'vitest';

interface Heading {
  kind: 'heading';
  depth: number;
  text: string;
}
interface Code {
  kind: 'code';
  language: string;
  text: string;
}
interface Prose {
  kind: 'paragraph' | 'list' | 'table';
  text: string;
}
type Block = Heading | Code | Prose;

const pageOf = (cause: string) =>
  readFileSync(fileURLToPath(new URL(`./rules/${cause}/rule.md`, import.meta.url)), 'utf8');

/** The blocks of a page. A page holds nothing else, and the first test below says so where one does. */
function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let code: Code | undefined;
  let isInRun = false;
  for (const line of page.split('\n')) {
    if (code) {
      if (line.startsWith('```')) code = undefined;
      else code.text += code.text ? `\n${line}` : line;
      continue;
    }
    const [, language] = /^```(.*)$/.exec(line) ?? [];
    const [, hashes, heading] = /^(#+) (.+)$/.exec(line) ?? [];
    if (language !== undefined) {
      code = { kind: 'code', language, text: '' };
      blocks.push(code);
    } else if (hashes && heading) blocks.push({ kind: 'heading', depth: hashes.length, text: heading });
    else if (line.trim() !== '') {
      const last = blocks.at(-1);
      if (isInRun && last && last.kind !== 'code' && last.kind !== 'heading') last.text += `\n${line}`;
      else {
        const kind = line.startsWith('|') ? 'table' : /^(?:-|\d+\.) /.test(line) ? 'list' : 'paragraph';
        blocks.push({ kind, text: line });
      }
      isInRun = true;
      continue;
    }
    isInRun = false;
  }
  return blocks;
}

const isCode = (block: Block): block is Code => block.kind === 'code';
const isProse = (block: Block | undefined): block is Prose =>
  block !== undefined && block.kind !== 'code' && block.kind !== 'heading';
const isCommand = (block: Block): block is Code =>
  isCode(block) && ['sh', 'powershell'].includes(block.language);
const codeIn = (cause: string, language: string) =>
  blocksOf(pageOf(cause)).filter((block) => isCode(block) && block.language === language) as Code[];
const withoutCodeSpans = (text: string) => text.replace(/``? ?[^`]+ ?``?/g, '');
const cellsOf = (row: string) => row.split(/(?<!\\)\|/).slice(1, -1);

/** Prose by sentences, list items and cells: the pieces that must carry their own warning. */
const statementsOf = (block: Prose): string[] =>
  (block.kind === 'table' ? block.text.split('\n').flatMap(cellsOf) : block.text.split(/\n(?=- |\d+\. )/))
    .flatMap((piece) => piece.replace(/\n/g, ' ').split(/(?<=[.?!]) +(?=[A-Z`"“*])/))
    .map((piece) => piece.trim());

describe.each(causes)('the page of %s', (cause) => {
  const page = pageOf(cause);
  const blocks = blocksOf(page);
  const prose = blocks.filter(isProse);

  it('has a title, and under it one sentence that says what this cause is', () => {
    const [title, summary, next] = blocks;
    expect(title).toMatchObject({ kind: 'heading', depth: 1 });
    expect(summary?.kind).toBe('paragraph');
    expect(next).toMatchObject({ kind: 'heading', depth: 2, text: 'What you see' });
    expect(summary?.text).toMatch(/^[A-Z`][^\n]{39,199}\.$/);
    expect(summary?.text).not.toMatch(/[.?!] +[A-Z]|\]\(/);
  });

  it('is long enough to act on and short enough to read at night', () => {
    const words = page.split(/\s+/).filter(Boolean).length;
    expect(words).toBeGreaterThanOrEqual(400);
    expect(words).toBeLessThanOrEqual(900);
  });

  it('holds plain Markdown only', () => {
    expect(page.match(/^```/gm)?.length ?? 0).toBe(blocks.filter(isCode).length * 2);
    const titles = blocks.filter((block) => block.kind === 'heading');
    expect(titles.filter(({ depth }) => depth === 1)).toHaveLength(1);
    expect(titles.filter(({ depth }) => depth > 3)).toEqual([]);
    const thirds = titles.filter(({ depth }) => depth === 3).map(({ text }) => text);
    expect(thirds).toEqual([...new Set(thirds)]);
    for (const { kind, text } of prose) {
      expect(text).not.toMatch(/^(?:\s*>|\s+[-*\d]|\s*[*+] |---|===|\[[^\]]+\]:|#)/m);
      expect(withoutCodeSpans(text)).not.toMatch(/<[^\s>][^>]*>|&[a-z]+;|!\[/i);
      if (kind !== 'table') continue;
      const rows = text.split('\n').map((row) => cellsOf(row).length);
      expect(rows.length).toBeGreaterThan(2);
      expect(new Set(rows).size, text).toBe(1);
    }
  });

  it('links to other causes and to https, nowhere else', () => {
    const links = [...withoutCodeSpans(prose.map(({ text }) => text).join('\n')).matchAll(/\]\(([^)]*)\)/g)];
    for (const [, href] of links)
      expect(href).toMatch(/^(?:\.\.\/[a-z-]+\/rule\.md|https:\/\/[a-z0-9.-]+(?:\/\S*)?)$/);
  });

  it('names the language of each block, and keeps messages where they are looked for', () => {
    for (const [index, block] of blocks.entries()) {
      if (!isCode(block)) continue;
      expect(block.language, block.text).toMatch(/^(?:text|sh|powershell|json|yaml|toml)$/);
      const part = blocks
        .slice(0, index)
        .findLast((before) => before.kind === 'heading' && before.depth === 2);
      expect(block.language === 'text', block.text).toBe(part?.text === 'What you see');
    }
  });

  it('says beside each command what it does, and why where it takes root', () => {
    for (const [index, block] of blocks.entries()) {
      if (!isCommand(block)) continue;
      const around = [
        blocks.slice(0, index).findLast((before) => !isCommand(before)),
        blocks.slice(index + 1).find((after) => !isCommand(after)),
      ].filter(isProse);
      expect(around, block.text).not.toEqual([]);
      if (/\bsudo /.test(block.text))
        expect(around.map(({ text }) => text).join('\n'), block.text).toMatch(
          /\broot\b[\s\S]*?\b(?:since|because|belongs?)\b|\bneeds? root to\b/,
        );
    }
  });

  it('tells each other cause apart by something that can be observed', () => {
    const last = blocks.findLastIndex((block) => block.kind === 'heading');
    const items = blocks
      .slice(last + 1)
      .filter(isProse)
      .flatMap(({ text }) => text.split(/\n(?=- )/));
    expect(items.length).toBeGreaterThanOrEqual(2);
    for (const item of items)
      expect(
        item.replace(/\[[^\]]*\]\([^)]*\)/g, '').match(/\w+/g)?.length ?? 0,
        item,
      ).toBeGreaterThanOrEqual(4);
  });

  it('keeps to the words of the product', () => {
    expect(withoutCodeSpans(prose.map(({ text }) => text).join('\n'))).not.toMatch(
      /\bplease\b|successfully|\boops\b|\bcreds\b|whitelist|blacklist|\w!(?:\s|$)/i,
    );
  });

  it('holds JSON that can be read', () => {
    for (const { text } of codeIn(cause, 'json')) expect(() => JSON.parse(text), text).not.toThrow();
  });
});

const missing = spawnSync('shellcheck', ['--version']).error
  ? ' (shellcheck is not installed: apt-get install shellcheck)'
  : '';

describe.skipIf(missing !== '')(`commands for the shell, read by shellcheck${missing}`, () => {
  it.each(causes.filter((cause) => codeIn(cause, 'sh').length > 0))('%s', (cause) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'pull-doctor-pages-'));
    try {
      const files = codeIn(cause, 'sh').map(({ text }, index) => {
        const file = path.join(folder, `${index + 1}.sh`);
        writeFileSync(file, `${text}\n`);
        return file;
      });
      const { status, stdout, stderr } = spawnSync('shellcheck', ['--norc', '--shell=sh', ...files], {
        encoding: 'utf8',
      });
      expect(stdout + stderr).toBe('');
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** What is often advised and wrong. A sentence may name it where it says so; a command may not do it at all. */
const wrongAdvice: { advice: string; says: RegExp; unless?: RegExp }[] = [
  { advice: 'a secret as an argument', says: /\blogin\b[^|\n]* (?:-p|--password)(?:[ =]|$)/m },
  { advice: 'a secret as an argument of kubectl', says: /--docker-password/ },
  { advice: 'a user with a password for curl', says: /\bcurl\b[^|\n]* (?:-u|--user|--proxy-user)[ =]\S+:\S/ },
  {
    advice: 'a request for a list of tags as the test of a credential',
    says: /curl[^|\n]* (?:-u|--user)\b.*tags\/list/,
    unless: /\bwrong\b|does not prove/,
  },
  {
    advice: 'tokens of Docker Hub without end',
    says: /tokens? (?:of Docker Hub )?(?:do not|don't|never) expires?/i,
  },
  {
    advice: 'a new ECR password to see the end of the stored one',
    says: /get-authorization-token/,
    unless: /\bwrong\b.*\*\*new\*\*/,
  },
  { advice: '200 as the only good answer of /v2/', says: /\/v2\/.*\b(?:must|should|has to)\b[^.]*\b200\b/ },
  {
    advice: 'list as the test of a helper',
    says: /docker-credential-\S+ list|\btest with `list`/,
    unless: /\bwrong\b|\bignores\b/,
  },
  {
    advice: 'an empty config.json as the repair',
    says: /(?:start|begin)s? (?:again|over) from `\{\}`|(?:echo|printf)[^|\n]*\{\}[^|\n]*> *\S*config\.json|\brm\b[^|\n]*\.docker\/config\.json\b(?!\.)/,
    unless: /\bwrong\b|\bloses\b/,
  },
  {
    advice: 'a restart for certs.d',
    says: /certs\.d\b[^\n]*\brestart|\brestart\b[^\n]*certs\.d/,
    unless: /\bno restart\b|without a restart|Docker Desktop/,
  },
  {
    advice: 'certs.d against TLS inspection of Docker Hub',
    says: /Docker Hub\b.*certs\.d|certs\.d\b.*Docker Hub/,
    unless: /\bnot enough\b|does not help/,
  },
  {
    advice: 'a restart for debug',
    says: /`?"debug"`?.*\brestart/,
    unless: /no restart|without a restart/,
  },
  {
    advice: "the client's proxies for pulls",
    says: /proxies`?[^.\n]*(?:~\/\.docker\/config\.json|in `config\.json)|config\.json[^\n]*"proxies"/,
    unless: /does nothing|play no part|no part/,
  },
  {
    advice: 'registry-mirrors for other registries than Docker Hub',
    says: /`registry-mirrors` (?:for|of|takes|works)\b(?! images of Docker Hub| Docker Hub)/,
  },
  {
    advice: 'gcloud auth configure-docker without hosts',
    says: /gcloud auth configure-docker(?: -\S+)*\s*(?:`|$|&&|\|)/m,
    unless: /\bthe helper of\b|\brenews by itself\b/,
  },
  {
    advice: '401 for all expired credentials',
    says: /expired[^.\n]*\b(?:always|gives?|means?)\b[^.\n]*\b401\b/i,
  },
  {
    advice: 'docker manifest inspect as a free check',
    says: /docker manifest inspect/,
    unless: /no free check|\bcounts\b/,
  },
  {
    advice: 'a socket for everybody',
    says: /chmod (?:-R )?(?:a\+|o\+|[0-7]?66[67]|777)/,
    unless: /\bwrong\b/,
  },
  {
    advice: 'no check of certificates',
    says: /skip_verify|--tls-verify=false|\bcurl\b[^|\n]* (?:-k|--insecure)\b|GODEBUG=/,
    unless: /turn the check off|\bwrong\b/,
  },
  {
    advice: 'an open port of the daemon',
    says: /tcp:\/\/0\.0\.0\.0|\b2375\b/,
    unless: /Do not open|\bnever\b/,
  },
];

describe('what is often advised and wrong', () => {
  it.each(wrongAdvice)('stands on no page without a warning: $advice', ({ says, unless }) => {
    for (const cause of causes) {
      const blocks = blocksOf(pageOf(cause));
      const statements = blocks.filter(isProse).flatMap(statementsOf);
      for (const statement of statements)
        if (says.test(statement)) {
          expect(unless, `${cause}: ${statement}`).toBeDefined();
          expect(statement, cause).toMatch(unless as RegExp);
        }
      for (const { language, text } of blocks.filter(isCode))
        if (language !== 'text') expect(text, cause).not.toMatch(says);
    }
  });

  it('is found where it is given without one, and let through where it is called wrong', () => {
    const caught = (text: string) =>
      wrongAdvice.some(({ says, unless }) => says.test(text) && !unless?.test(text));
    for (const advice of [
      'docker login --username me --password hunter2 ghcr.io',
      'podman login -p "$TOKEN" quay.io',
      'kubectl create secret docker-registry r --docker-password="$P"',
      'curl -u me:token https://registry.example.com/v2/team/app/tags/list',
      'Access tokens of Docker Hub never expire.',
      'aws ecr get-authorization-token --query expiresAt',
      '`https://HOST/v2/` must answer 200.',
      'echo HOST | docker-credential-pass list',
      "echo '{}' > ~/.docker/config.json",
      'rm ~/.docker/config.json',
      'Put it into `/etc/docker/certs.d/HOST/` and restart Docker.',
      'For Docker Hub, put it into `certs.d`.',
      'Set `"debug": true` and restart the daemon.',
      'Set `proxies` in `~/.docker/config.json`.',
      '`registry-mirrors` works for GHCR.',
      'gcloud auth configure-docker',
      'An expired credential gives 401.',
      'docker manifest inspect IMAGE',
      'sudo chmod 666 /var/run/docker.sock',
      'curl -k https://registry.example.com/v2/',
      'dockerd -H tcp://0.0.0.0:2375',
    ])
      expect(caught(advice), advice).toBe(true);
    for (const warning of [
      'docker login HOST --username USER --password-stdin < TOKEN_FILE',
      'To start again from `{}` is wrong, it loses them all.',
      'Docker reads `certs.d` at the next connection, no restart is needed.',
      'gcloud auth configure-docker LOCATION-docker.pkg.dev',
      '`chmod 666` on the socket is wrong.',
      'rm ~/.docker/config.json.bak',
    ])
      expect(caught(warning), warning).toBe(false);
  });
});

describe('a page that tells how to sign in to several registries', () => {
  const signIns: [registry: string, command: RegExp][] = [
    ['Docker Hub', /docker login(?:`|$| --username USER(?:`|$))/m],
    ['ECR', /aws ecr get-login-password/],
    ['ECR Public', /aws ecr-public get-login-password/],
    ['Artifact Registry', /gcloud auth configure-docker/],
    ['GHCR', /docker login ghcr\.io/],
    ['ACR', /az acr login/],
    ['GitLab', /docker login registry\.gitlab\.com/],
  ];
  const all = [
    ...signIns.map(([registry]) => registry),
    'gcr.io',
    'Quay',
    'Harbor',
    'distribution',
    'Nexus',
    'Artifactory',
  ];
  const told = (cause: string) => signIns.filter(([, command]) => command.test(pageOf(cause)));
  const pages = causes.filter((cause) => told(cause).length > 3 || cause === 'credentials-invalid');

  it('is that of a missing, of a refused and of an expired credential at least', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['credentials-missing', 'credentials-expired', 'credentials-invalid']),
    );
  });

  it.each(pages)('leaves none out: %s', (cause) => {
    for (const registry of all)
      expect(pageOf(cause), registry).toMatch(new RegExp(`(?<!\\w)${registry.replace('.', '\\.')}(?!\\w)`));
  });
});
