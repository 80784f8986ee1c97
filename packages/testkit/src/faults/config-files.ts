import { configWithLogins } from '../docker-config-folder.ts';
import { alice, aliceWithWrongPassword } from './accounts.ts';
import type { Fault, RowConfig } from './fault.ts';
import { failing, working } from './row.ts';

const image = '{basic}/team/app:1.0';
const valid = configWithLogins({ '{basic}': alice });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const json = (value: unknown) => JSON.stringify(value, null, '\t');

/** A file that docker cannot read: the pull goes on without a login. */
const unreadable = (name: string, config: RowConfig, details: Partial<Fault> = {}) =>
  failing(name, image, 'config-malformed', {
    config,
    ...details,
    expect: { steps: { credentials: 'failed' } },
  });

/** One entry that is broken. Docker warns and goes on; another entry may survive or not, as the order is random. */
const brokenEntry = (name: string, auths: unknown) =>
  failing(name, image, 'config-malformed', {
    config: { text: json({ auths }) },
    expect: { oneOf: ['config-malformed', 'credentials-invalid'] },
  });

/** config.json itself: broken, unreadable, or odd and fine. */
export const configFiles: Fault[] = [
  unreadable('config.json with a comma too many', { text: valid.replace('}\n\t}', '},\n\t}') }),
  unreadable('config.json with a byte order mark', { text: valid, encoding: 'utf8-bom' }),
  unreadable('config.json in UTF-16', { text: valid, encoding: 'utf16' }),
  unreadable('config.json with a comment', { text: valid.replace('{', '{\n\t// my laptop') }),
  unreadable('config.json in single quotes', { text: valid.replaceAll('"', "'") }),
  unreadable('config.json with curly quotes', { text: valid.replace('"auths"', '\u201cauths\u201d') }),
  unreadable('config.json cut off in the middle', { text: valid.slice(0, valid.length / 2) }),
  unreadable('config.json empty', { text: '' }),
  unreadable('config.json is a list', { text: '[]' }),
  unreadable('auths is a list', { text: json({ auths: [{ host: '{basic}' }] }) }),
  unreadable('config.json is a folder', { instead: 'folder' }),
  unreadable('config.json is a link to itself', { instead: 'link loop' }),
  unreadable('config.json may not be read', { text: valid, mode: 0o000 }, { needs: 'not root' }),
  brokenEntry('auth is not base64', { '{basic}': { auth: 'alice:wonderland-7' } }),
  brokenEntry('auth is base64 cut short', { '{basic}': { auth: base64('alice:wonderland-7').slice(0, -3) } }),
  brokenEntry('auth holds no colon', { '{basic}': { auth: base64('wonderland-7') } }),
  brokenEntry('an entry of auths is a string', { '{basic}': base64('alice:wonderland-7') }),
  failing('auth made by `echo`, with a line break in the password', image, 'credentials-invalid', {
    config: { text: json({ auths: { '{basic}': { auth: base64(`alice:${alice.password}\n`) } } }) },
    sends: { user: 'alice', password: `${alice.password}\n` },
    expect: { oneOf: ['credentials-invalid', 'config-malformed'] },
  }),
  failing('a worthless identity token', '{token}/team/app:1.0', 'credentials-invalid', {
    config: {
      text: json({
        auths: {
          '{token}': { auth: base64('00000000-0000-0000-0000-000000000000:'), identitytoken: 'revoked' },
        },
      }),
    },
    daemonPull: 'cannot-show', // `sends` knows user and password only
    expect: { oneOf: ['credentials-invalid', 'credentials-expired'] },
  }),
  working('config.json with CRLF line ends', image, {
    config: { text: valid.replaceAll('\n', '\r\n') },
    sends: alice,
  }),
  working('config.json with garbage after the document', image, {
    config: { text: `${valid}\n}}` },
    sends: alice,
  }),
  working('auth as user name and password', image, {
    config: { text: json({ auths: { '{basic}': { username: alice.user, password: alice.password } } }) },
    sends: alice,
  }),
  working('auth in base64 with a line break', image, {
    config: { text: json({ auths: { '{basic}': { auth: `${base64(`alice:${alice.password}`)}\n` } } }) },
    sends: alice,
  }),
  failing('DOCKER_AUTH_CONFIG is not JSON', image, 'config-malformed', {
    config: { authConfigVariable: '{"auths":' },
    expect: { oneOf: ['config-malformed', 'credentials-missing'] },
  }),
  failing('DOCKER_AUTH_CONFIG has a wrong password and hides a valid login', image, 'credentials-invalid', {
    config: { text: valid, authConfigVariable: configWithLogins({ '{basic}': aliceWithWrongPassword }) },
    sends: aliceWithWrongPassword,
  }),
  working('DOCKER_AUTH_CONFIG is valid', image, {
    config: { authConfigVariable: valid },
    sends: alice,
  }),
  working('DOCKER_AUTH_CONFIG for another registry hides nothing', image, {
    config: { text: valid, authConfigVariable: configWithLogins({ 'elsewhere.example': alice }) },
    sends: alice,
  }),
];
