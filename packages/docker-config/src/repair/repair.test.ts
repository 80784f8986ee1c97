import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToText, textToBytes } from './bytes-as-text.ts';
import { differenceOf } from './difference.ts';
import { type ConfigFacts, findFaults } from './find-faults.ts';
import { repairConfig, startAgain } from './repair.ts';
import { tokensOf } from './tokens.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const login = base64('alice:planted-password');
const bytesOf = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

function repaired(
  value: unknown,
  facts: ConfigFacts = {},
  choices: Record<string, string | null> = {},
): string {
  const plan = repairConfig(bytesOf(value), facts, choices);
  if (!plan.ok) throw new Error(plan.refusal.why);
  return Buffer.from(plan.text?.reveal() ?? bytesOf(value)).toString();
}

const codes = (value: unknown, facts: ConfigFacts = {}) =>
  findFaults(bytesOf(value), facts).map(({ code, chosen }) => `${code} ${chosen}`);

describe('a store that hides logins', () => {
  const config = {
    credsStore: 'pass',
    auths: { 'ghcr.io': { auth: login }, 'quay.io': { auth: login }, 'empty.io': {} },
  };

  it('says nothing where nothing is known of the store', () => {
    expect(codes(config)).toEqual([]);
    expect(codes(config, { storeKeys: null, helpers: { pass: 'found' } })).toEqual([]);
  });

  it('is turned off for the registries whose login only the file has', () => {
    expect(codes(config, { storeKeys: ['quay.io'] })).toEqual([
      'store-hides-login turn-store-off',
      'login-left-in-file null',
    ]);
    expect(repaired(config, { storeKeys: ['quay.io'] })).toBe(
      JSON.stringify(config).replace('"credsStore"', '"credHelpers": {"ghcr.io": ""},"credsStore"'),
    );
  });

  it('goes into credHelpers that are there, whatever else happens to them', () => {
    const helpers = { ...config, credHelpers: { 'https://public.ecr.aws': '/x/y z' } };
    const text = JSON.parse(repaired(helpers, { storeKeys: [] }));
    expect(text.credHelpers).toEqual({ 'ghcr.io': '', 'quay.io': '' });
    const kept = JSON.parse(repaired({ ...config, credHelpers: { 'a.io': 'b' } }, { storeKeys: [] }));
    expect(kept.credHelpers).toEqual({ 'ghcr.io': '', 'quay.io': '', 'a.io': 'b' });
    const empty = JSON.parse(repaired({ ...config, credHelpers: {} }, { storeKeys: [] }));
    expect(empty.credHelpers).toEqual({ 'ghcr.io': '', 'quay.io': '' });
  });

  it('empties what the store has too, where somebody wants that', () => {
    const [left] = findFaults(bytesOf(config), { storeKeys: ['ghcr.io', 'quay.io'] });
    const text = repaired(config, { storeKeys: ['ghcr.io', 'quay.io'] }, { [left?.id ?? '']: 'empty' });
    expect(JSON.parse(text).auths).toEqual({ 'ghcr.io': {}, 'quay.io': { auth: login }, 'empty.io': {} });
  });

  it('is removed when its program is missing and the file has the logins', () => {
    const facts: ConfigFacts = { helpers: { pass: 'missing' } };
    expect(codes(config, facts)).toEqual(['helper-missing remove']);
    expect(JSON.parse(repaired(config, facts)).credsStore).toBeUndefined();
    // without a login in the file, nothing is won by it
    expect(codes({ credsStore: 'pass', auths: { 'ghcr.io': {} } }, facts)).toEqual(['helper-missing null']);
  });

  it('does not take the name of a property of every object for a helper', () => {
    expect(codes({ credsStore: 'constructor' }, { helpers: {} })).toEqual([]);
  });
});

describe('the file itself', () => {
  const owner = { uid: 1000, gid: 1000, name: 'alice' };

  it('gets its owner and mode back', () => {
    const plan = repairConfig(bytesOf({ auths: { 'ghcr.io': { auth: login } } }), {
      owner,
      access: { uid: 0, gid: 0, mode: 0o644 },
    });
    expect(plan).toMatchObject({ ok: true, text: null, access: { uid: 1000, gid: 1000, mode: 0o600 } });
    expect(plan.ok && plan.repaired.map(({ fault }) => fault.code)).toEqual(['wrong-owner', 'wrong-mode']);
  });

  it('may be read by others while there is no login in it, and has to be readable by its owner', () => {
    expect(codes({ credsStore: 'pass' }, { owner, access: { uid: 1000, gid: 1000, mode: 0o644 } })).toEqual(
      [],
    );
    expect(codes({}, { owner, access: { uid: 1000, gid: 1000, mode: 0o060 } })).toEqual(['wrong-mode set']);
  });

  it('a folder in its place is moved aside', () => {
    expect(repairConfig(null, { isFolder: true })).toMatchObject({ ok: true, text: null, movesFolder: true });
    expect(repairConfig(null)).toMatchObject({ ok: true, text: null, movesFolder: false, repaired: [] });
  });
});

describe('choices', () => {
  const config = {
    auths: { 'a.io': { auth: '!!' }, 'b.io': { auth: '??' }, 'c.io': { auth: login } },
    detachKeys: 5,
  };

  it('each repair alone, and none', () => {
    const faults = findFaults(bytesOf(config));
    expect(faults.map(({ code }) => code)).toEqual(['bad-base64', 'bad-base64', 'wrong-type']);
    const none = Object.fromEntries(faults.map(({ id }) => [id, null]));
    expect(repairConfig(bytesOf(config), {}, none)).toMatchObject({ text: null, left: faults, loses: [] });
    for (let mask = 0; mask < 8; mask++) {
      const taken = (index: number) => (mask & (1 << index)) !== 0;
      const choices = Object.fromEntries(
        faults.flatMap(({ id }, index) => (taken(index) ? [] : [[id, null]])),
      );
      const after = JSON.parse(repaired(config, {}, choices));
      expect([!('a.io' in after.auths), !('b.io' in after.auths), after.detachKeys === '5']).toEqual([
        taken(0),
        taken(1),
        taken(2),
      ]);
    }
  });

  it('what Docker cannot read the file with is repaired in any case, and an unknown way is none', () => {
    const text = '{"auths":{},}';
    const [comma] = findFaults(bytesOf(text));
    expect(repaired(text, {}, { [comma?.id ?? '']: null })).toBe('{"auths":{}}');
    expect(repaired(text, {}, { [comma?.id ?? '']: 'no such way', constructor: 'x' })).toBe('{"auths":{}}');
  });

  it('what was brought together from two places can be chosen one by one', () => {
    const text = '{"auths":{"a.io":{"auth":"!!"},"b.io":{"auth":"??"}},"auths":{"c.io":{}}}';
    const faults = findFaults(bytesOf(text)).filter(({ code }) => code === 'bad-base64');
    expect(new Set(faults.map(({ id }) => id)).size).toBe(2);
    const second = faults.find(({ key }) => key === 'b.io');
    expect(repaired(text, {}, { [second?.id ?? '']: null })).toBe(
      '{"auths":{"b.io":{"auth":"??"},"c.io":{}}}',
    );
  });
});

it('a field that stands three times and that Docker brings together is told and left', () => {
  const text = '{"auths":{"a.io":{}},"auths":{"b.io":{}},"auths":{}}';
  expect(codes(text)).toEqual(['duplicate-key null', 'duplicate-key null']);
  expect(repaired(text)).toBe(text);
});

describe('what is shown', () => {
  it('secrets are hidden on both sides, and a changed one is new', () => {
    const before = JSON.stringify({ auths: { 'ghcr.io': { auth: 'alice:planted-password' } } }, null, 2);
    const plan = repairConfig(bytesOf(before));
    if (!plan.ok) throw new Error(plan.refusal.why);
    const [removed, added] = plan.difference.hunks[0]?.lines.filter(({ change }) => change !== 'same') ?? [];
    expect(removed?.pieces).toEqual([
      { kind: 'text', text: '      "auth": "' },
      { kind: 'hidden', characters: 22, isNew: false },
      { kind: 'text', text: '"' },
    ]);
    expect(added?.pieces).toEqual([
      { kind: 'text', text: '      "auth": "' },
      { kind: 'hidden', characters: login.length, isNew: true },
      { kind: 'text', text: '"' },
    ]);
    expect(plan.difference).toMatchObject({ added: 1, removed: 1, hidden: 2 });
  });

  it('names, helpers and the context are shown as they are', () => {
    const text = '{"credsStore":"desktop","credHelpers":{"a.io":"ecr-login"},"currentContext":"work"}';
    const { hunks } = differenceOf(text, `${text}\n`);
    const shown = hunks.flatMap(({ lines }) => lines.flatMap(({ pieces }) => pieces));
    expect(shown[0]).toEqual({ kind: 'text', text });
  });

  const secret = 'pLaNtEd-s3cr3t';
  it.each([
    {
      auths: {
        'a.io': {
          auth: secret,
          password: secret,
          identitytoken: secret,
          registrytoken: secret,
          more: secret,
        },
      },
    },
    {
      HttpHeaders: { Authorization: `Bearer ${secret}` },
      proxies: { default: { httpProxy: `http://u:${secret}@p:1` } },
    },
    { plugins: { x: { token: secret } }, unknown: [secret, { deep: { auth: secret } }], psFormat: 5 },
    { auths: { [`https://user:${secret}@a.io`]: { auth: '!' } }, credsStore: '/x/y ' },
    `{"auths":{"a.io":{"auth":"${secret}`,
    `{"auths":{"a.io":{"auth" "${secret}"}}}`,
    `{"auths":{"a.io":{'auth':'${secret}'}}}`,
    `{"auths":{"a.io":{"auth":${secret}}}}`,
    `{/* ${secret} */"auths":{} // ${secret}\n # ${secret}\n,}`,
    `<<<<<<< ${secret}\n{}\n=======\n{"auths":{"a.io":{"password":"${secret}"}}}\n>>>>>>> ${secret}\n`,
    `auth: ${secret}\n`,
    `{"auths":{"a.io":{"auth":"line\n${secret}"}}}`,
    `{"auths":{"a.io":{"auth":"${secret}\0\0"}},}`,
    `{"auths":{"a.io":{"auth":"${secret}","auth":"x${secret}"}},"auths":{"b.io":{"auth":"${secret}"}}}`,
    `["${secret}"]`,
    `"${secret}"`,
  ])('no secret comes out in anything but the new text: %#', (config) => {
    const bytes = bytesOf(config);
    const facts: ConfigFacts = {
      storeKeys: [],
      owner: { uid: 1, gid: 1, name: 'a' },
      access: { uid: 0, gid: 0, mode: 0o666 },
    };
    const shown = JSON.stringify([
      findFaults(bytes, facts),
      repairConfig(bytes, facts),
      repairConfig(bytes, facts, { 'merge-markers:1:1': 'theirs' }),
      startAgain(bytes),
    ]);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(base64(secret).slice(0, 12));
    expect(`${startAgain(bytes).text}`).toBe('[secret]');
  });
});

describe('start again', () => {
  it('says which registries and settings are lost, as far as they can be read', () => {
    const text = `{"auths":{"docker.io":{},"ghcr.io":{"auth":"${login}"}},"credHelpers":{"public.ecr.aws":"x"},"currentContext":"a","auths":[}`;
    const fresh = startAgain(bytesOf(text));
    expect(Buffer.from(fresh.text.reveal()).toString()).toBe('{}\n');
    expect(fresh.registries).toEqual(['docker.io', 'ghcr.io', 'public.ecr.aws']);
    expect(fresh.settings).toEqual(['currentContext']);
  });

  it('does not fall over what is nested without end', () => {
    for (const text of ['['.repeat(200_000) + ']'.repeat(200_000), '{"a":'.repeat(100_000)])
      expect(startAgain(bytesOf(text)).registries).toEqual([]);
  });
});

describe('any bytes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const { text, encoding } = bytesToText(bytes);
        if (encoding === 'utf-8') expect([...textToBytes(text)]).toEqual([...bytes]);
      }),
      { numRuns: 2000 },
    );
  });

  it('are looked at without falling over, and what is repaired is JSON', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"auths"',
      '"a.io"',
      '"auth"',
      '"!!"',
      `"${login}"`,
      '5',
      'true',
      '\n',
      '\r\n',
      ' ',
      '// c\n',
      '/* c */',
      '#',
      '\0',
      '\uFEFF',
      '<<<<<<< a\n',
      '=======\n',
      '>>>>>>> b\n',
      '"',
      '\\',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = `{"auths":{${pieces.join('')}`;
        const bytes = bytesOf(text);
        expect(
          tokensOf(text)
            .map(({ start, end }) => text.slice(start, end))
            .join(''),
        ).toBe(text);
        const plan = repairConfig(bytes);
        if (!plan.ok) return;
        const after = plan.text?.reveal() ?? bytes;
        expect(findFaults(after).filter(({ weight }) => weight === 'blocks')).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it('the difference of two texts has every line of both once', () => {
    const line = fc.constantFrom('a\n', 'b\n', 'c\n', '\n');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), fc.array(line, { maxLength: 14 }), (old, next) => {
        const { hunks } = differenceOf(old.join(''), next.join(''));
        const lines = hunks.flatMap((hunk) => hunk.lines);
        for (const { change, oldLine, newLine } of lines)
          if (change === 'same') expect(old[(oldLine ?? 0) - 1]).toBe(next[(newLine ?? 0) - 1]);
        const gone = new Set(
          lines.filter(({ change }) => change === 'removed').map(({ oldLine }) => oldLine),
        );
        const come = new Set(lines.filter(({ change }) => change === 'added').map(({ newLine }) => newLine));
        expect(old.filter((_, index) => !gone.has(index + 1))).toEqual(
          next.filter((_, index) => !come.has(index + 1)),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
