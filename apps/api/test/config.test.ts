import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig, settingsTable } from '../src/config.ts';

describe('the settings', () => {
  it('have defaults for everything', () => {
    expect(readConfig({})).toMatchObject({
      ok: true,
      config: { host: '127.0.0.1', port: 8787, deadlineMs: 15_000 },
    });
  });

  it.each([
    ['PULL_DOCTOR_PORT', '99999', /PULL_DOCTOR_PORT is "99999"; expected is a port/],
    ['PULL_DOCTOR_ADMIN_TOKEN', 'short', /PULL_DOCTOR_ADMIN_TOKEN is 5 characters long; expected is 32/],
    ['PULL_DOCTOR_URL', 'ftp://x', /PULL_DOCTOR_URL is "ftp:\/\/x"; expected is an address/],
    ['PULL_DOCTOR_DEADLINE_SECONDS', 'soon', /expected is seconds/],
  ])('refuse %s=%s with a sentence', (name, value, sentence) => {
    const read = readConfig({ [name]: value });
    expect(read.ok).toBe(false);
    expect(read.ok ? [] : read.complaints).toEqual([expect.stringMatching(sentence)]);
  });

  it('name what looks like a setting and is none, and take an empty one for not set', () => {
    expect(readConfig({ PULL_DOCTOR_PROT: '1' })).toMatchObject({ ok: true, unknown: ['PULL_DOCTOR_PROT'] });
    expect(readConfig({ PULL_DOCTOR_PORT: '' })).toMatchObject({ ok: true, config: { port: 8787 } });
  });

  it('stand in the README, each with its default and its sentence', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    for (const { name, fallback, says } of settingsTable)
      expect(readme).toContain(`| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${says} |`);
  });
});
