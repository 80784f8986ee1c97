import { brokenHelper } from '../../facts/broken-config.ts';
import { onHost, signInCommands } from '../../facts/commands.ts';
import { helperFinding, helperRulesOut } from '../../facts/helper-finding.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const helperFailed = defineRule({
  cause: 'helper-failed',
  decides: 'What the credential helper answers when it is asked for this host.',
  needs: ['credentials'],

  examine(evidence) {
    const broken = brokenHelper(evidence);
    const credentials = evidence.credentials;
    const helper = credentials?.helper;
    if (broken?.cause !== 'helper-failed' || !helper) return;
    return helperFinding(evidence, broken, {
      why:
        helper.outcome === 'timed-out'
          ? 'It was started and gave no answer in time. Docker itself would wait for it without end.'
          : 'It was started as Docker does it, and gave no credential.',
      todo: cure(helper.name, helper.message ?? ''),
      commands: [
        onHost(
          evidence,
          'linux',
          `printf '%s' ${shellWord(credentials.lookupKey)} | ${helper.program} get > /dev/null && echo found`,
          'asks the helper as Docker does, and keeps the secret off the screen. What it prints besides is the reason.',
        ),
        ...signInCommands(evidence),
      ],
    });
  },

  rulesOut: (evidence) => helperRulesOut(evidence),

  staysOpen: ({ credentials }) =>
    credentials?.helper?.outcome === 'elsewhere'
      ? `${credentials.helper.program} can be run: it lives on the Docker host, and Pull Doctor runs elsewhere.`
      : undefined,

  signs,
  heard: () => ({
    what: 'A credential helper failed.',
    todo: 'Run the helper by itself; what it prints is the reason.',
    wizard: 'credential-helper',
  }),
});

/** What usually mends a helper, by its own words. */
function cure(name: string, message: string): string {
  if (/D-Bus|org\.freedesktop\.secrets/i.test(message)) {
    return 'This helper needs a desktop session. On a server, use another one (pass, or the one of the cloud) or a file with an access token.';
  }
  if (/pass not initialized|password store is empty/i.test(message)) {
    return 'Make a key and a store first: gpg --full-generate-key, then pass init with the id of the key.';
  }
  if (/gpg|decryption failed|Inappropriate ioctl/i.test(message)) {
    return 'Unlock the key of gpg in the session that pulls, and sign in again.';
  }
  if (/User interaction is not allowed|keychain/i.test(message)) {
    return 'Unlock the keychain in this session: security unlock-keychain.';
  }
  if (/active account|Reauthentication|invalid_grant/i.test(message)) {
    return 'Sign in to gcloud again: gcloud auth login.';
  }
  if (/logon session does not exist/i.test(message)) {
    return 'The credential store of Windows is closed to SSH and service sessions. Sign in within such a session with another store.';
  }
  return name === 'ecr-login'
    ? 'Give the helper AWS credentials (a profile, a role, variables); its log is in ~/.ecr/log.'
    : 'Run the helper by itself and mend what it names, or remove its line from config.json and sign in again.';
}
