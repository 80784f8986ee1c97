import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { anonymousManifestAsk, asDocker } from '../../facts/asked.ts';
import { brokenFile, brokenHelper } from '../../facts/broken-config.ts';
import { onHost } from '../../facts/commands.ts';
import { readRefusal } from '../../facts/read-refusal.ts';
import { refusalOf } from '../../facts/refusal.ts';
import { subjectOf } from '../../facts/subject.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

/**
 * A config.json that Docker cannot read makes a warning and an anonymous pull, never a failed one: it is the cause only
 * where the registry refuses the anonymous request.
 */
export const configMalformed = defineRule({
  cause: 'config-malformed',
  decides: 'Whether Docker’s configuration file can be read, and by whom.',
  needs: ['credentials'],

  examine(evidence) {
    const broken = brokenFile(evidence) ?? refusedName(evidence);
    if (!broken) return;
    if (broken.hides === 'any-entry') return inDanger(evidence, broken.what);
    if (asDocker(evidence) !== 'anonymous' || !refusalOf(evidence)) return;
    // Official images are public: no repaired file would help.
    if (readRefusal(evidence)?.cause !== 'credentials-missing') return;
    const { host } = subjectOf(evidence);
    const file = evidence.credentials?.file;
    const isUnreadable = file?.state === 'unreadable';
    return {
      ...(isUnreadable
        ? { certainty: 'likely' as const }
        : { certainty: 'confirmed' as const, confirmedBy: 'file' as const }),
      what: broken.what,
      why: `Docker warns about it and goes on without any login, and ${host} refuses this image to who is not signed in.`,
      todo: todo(evidence),
      commands: commands(evidence),
      wizard: 'repair-config',
      alternatives: [
        {
          cause: 'credentials-missing',
          why: `The file may hold no login for ${host} even when it is whole.`,
          decides: 'Repair the file and diagnose again.',
        },
      ],
      restsOn: ['credentials', 'manifest'],
      explains: ['credentials-missing', 'helper-missing', 'helper-failed'],
    };
  },

  rulesOut({ credentials }) {
    if (!credentials || credentials.file.faults.length > 0 || credentials.environment.state === 'broken')
      return;
    if (credentials.file.state === 'read') return `${credentials.file.path} is read without a fault.`;
    if (credentials.file.state === 'absent')
      return `There is no ${credentials.file.path} that could be broken.`;
    return;
  },

  staysOpen: (evidence) =>
    brokenFile(evidence) && !evidence.manifest
      ? 'the registry can be asked whether this image needs a login: the configuration is broken, so Docker would send none.'
      : undefined,

  signs,
  heard: (evidence) => ({
    what: 'Docker cannot read its config.json.',
    todo: todo(evidence),
    commands: commands(evidence),
    wizard: 'repair-config',
  }),
});

function refusedName(evidence: Evidence) {
  const helper = brokenHelper(evidence);
  return helper?.cause === 'config-malformed' ? helper : null;
}

/**
 * One broken entry stops Docker from reading the entries after it, and their order is random: the login for this
 * registry loads at times, and at times not.
 */
function inDanger(evidence: Evidence, what: string): RuleFinding | undefined {
  const used = evidence.credentials?.used;
  if (used?.place !== 'auths' || evidence.credentials?.file.state === 'unreadable') return;
  const anonymous = anonymousManifestAsk(evidence);
  // A challenge alone is no proof that this image needs a login; Basic at the door is.
  const needsLogin = anonymous ? anonymous.outcome !== 'found' : evidence.token?.scheme === 'basic';
  if (!needsLogin) return;
  const { host } = subjectOf(evidence);
  return {
    certainty: 'likely',
    what,
    why: `Docker stops reading the logins at a broken entry, in an order that changes from run to run. The login for ${host} is there and works, but at times Docker pulls without it, and then the image is refused.`,
    todo: 'Repair or remove the broken entry.',
    commands: commands(evidence),
    wizard: 'repair-config',
    restsOn: ['credentials'],
    mayStillPull: true,
  };
}

function todo(evidence: Evidence): string {
  const credentials = evidence.credentials;
  if (!credentials) return 'Repair the file; keep a copy of it first.';
  if (credentials.environment.state === 'broken') {
    return 'Correct the variable DOCKER_AUTH_CONFIG, or unset it and sign in.';
  }
  const [fault] = credentials.file.faults;
  if (credentials.file.state === 'unreadable' || fault?.code === 'unreadable') {
    return `Give the file back to the user who runs docker: it belongs to ${credentials.file.owner ?? 'another user'}.`;
  }
  if (fault?.key) return `Correct or remove the entry ${fault.key}, then sign in to that registry again.`;
  return 'Repair the file, the rest of it kept: it also holds helpers and contexts. Keep a copy first.';
}

function commands(evidence: Evidence) {
  const file = evidence.credentials?.file;
  if (!file) return [];
  const path = shellWord(file.path);
  if (file.state === 'unreadable' && file.faults.every(({ code }) => code === 'unreadable')) {
    return [
      onHost(
        evidence,
        'linux',
        `sudo chown "$(id -u):$(id -g)" ${path} && chmod 600 ${path}`,
        'gives the file to the user who runs this. It needs root, because the file belongs to somebody else.',
      ),
    ];
  }
  return [
    onHost(
      evidence,
      'any',
      `docker --config ${shellWord(folderOf(file.path))} info`,
      'prints the fault as Docker sees it.',
    ),
  ];
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '') || '/';
}
