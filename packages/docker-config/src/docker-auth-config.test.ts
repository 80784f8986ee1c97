import { describe, expect, it } from 'vitest';
import { readAuthVariable } from './docker-auth-config.ts';

const auth = Buffer.from('alice:pl4nted').toString('base64');

describe('DOCKER_AUTH_CONFIG', () => {
  it.each([undefined, ''])('is not set: %j', (value) => {
    expect(readAuthVariable(value)).toEqual({ state: 'not-set' });
  });

  it('holds logins by their exact keys', () => {
    const variable = readAuthVariable(`{"auths": {"reg.example.com": {"auth": "${auth}"}}}`);
    expect(
      variable.state === 'read' &&
        [...variable.logins].map(([key, { user, password }]) => [key, user, password.reveal()]),
    ).toEqual([['reg.example.com', 'alice', 'pl4nted']]);
  });

  it.each(['{}', '{"auths": {}}', '{"auths": null}', 'null', ' '])('may be empty: %s', (value) => {
    expect(readAuthVariable(value)).toMatchObject({ state: 'read' });
  });

  it.each([
    ['{"auths":', 'not-json', null],
    ['[]', 'not-json', null],
    ['{"auths": []}', 'not-json', null],
    ['{"auths": {"x": "y"}}', 'not-json', 'x'],
    [`{"auths": {}} {}`, 'not-json', null],
    ['{"credsStore": "x"}', 'unknown-field', null],
    [`{"auths": {"x": {"auth": "${auth}", "email": "e"}}}`, 'unknown-field', 'x'],
    ['{"auths": {"x": {}}}', 'empty-auth', 'x'],
    ['{"auths": {"x": {"auth": ""}}}', 'empty-auth', 'x'],
    ['{"auths": {"x": {"auth": "pl4nted"}}}', 'bad-base64', 'x'],
    [`{"auths": {"x": {"auth": "${Buffer.from('pl4nted').toString('base64')}"}}}`, 'no-colon', 'x'],
  ])('is ignored as a whole for one fault: %s', (value, code, key) => {
    const variable = readAuthVariable(value);
    expect(variable).toMatchObject({ state: 'broken', code, key });
    expect(JSON.stringify(variable)).not.toContain('pl4nted');
  });
});
