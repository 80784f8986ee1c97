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
    ['PULL_DOCTOR_CHECK_SECONDS', '3', /expected is seconds from 10 to 86400, or 0/],
    ['PULL_DOCTOR_CONFIGS', 'relative/folder', /expected is folders such as/],
    ['PULL_DOCTOR_CONFIGS', '/a/eve/.docker,/b/eve/.docker', /each name once/],
    ['PULL_DOCTOR_METRICS_TOKEN', 'short', /PULL_DOCTOR_METRICS_TOKEN is 5 characters long/],
    ['PULL_DOCTOR_BADGES', 'yes', /expected is 0 or 1/],
  ])('refuse %s=%s with a sentence', (name, value, sentence) => {
    const read = readConfig({ [name]: value });
    expect(read.ok).toBe(false);
    expect(read.ok ? [] : read.complaints).toEqual([expect.stringMatching(sentence)]);
  });

  it('name the user of a configuration by its place where no name is given', () => {
    const PULL_DOCTOR_CONFIGS = ' /root/.docker/, deploy=/srv/ci , /docker-config';
    expect(readConfig({ PULL_DOCTOR_CONFIGS })).toMatchObject({
      config: {
        configFolders: [
          { name: 'root', folder: '/root/.docker' },
          { name: 'deploy', folder: '/srv/ci' },
          { name: 'docker-config', folder: '/docker-config' },
        ],
      },
    });
  });

  it('take checks in the background as on every five minutes, and off at 0', () => {
    expect(readConfig({})).toMatchObject({ config: { checkSeconds: 300 } });
    expect(readConfig({ PULL_DOCTOR_CHECK_SECONDS: '0' })).toMatchObject({ config: { checkSeconds: null } });
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
