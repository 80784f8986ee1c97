import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Command } from '@pull-doctor/contract/finding';
import { brokenHelper } from '../../facts/broken-config.ts';
import { onHost, signInCommands } from '../../facts/commands.ts';
import { helperFinding, helperRulesOut } from '../../facts/helper-finding.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const helperMissing = defineRule({
  cause: 'helper-missing',
  decides: 'Whether the helper that config.json names is on the PATH of the program that pulls.',
  needs: ['credentials'],

  examine(evidence) {
    const broken = brokenHelper(evidence);
    const helper = evidence.credentials?.helper;
    if (broken?.cause !== 'helper-missing' || !helper) return;
    const isThere = helper.outcome === 'not-executable';
    return helperFinding(evidence, broken, {
      why: isThere
        ? `${helper.foundAt ?? helper.program} lacks the right to be executed.`
        : `The configuration names it for this registry, and it is in none of the ${helper.searched.length} folders of PATH.`,
      todo: isThere
        ? 'Make the program executable.'
        : 'Install the program on the PATH of the user who pulls, or remove its line from config.json and sign in again.',
      commands: isThere
        ? [
            onHost(
              evidence,
              'linux',
              `chmod +x ${helper.foundAt ?? helper.program}`,
              'makes the helper executable.',
            ),
          ]
        : [...install(evidence, helper.name), ...signInCommands(evidence)],
    });
  },

  rulesOut: (evidence) => helperRulesOut(evidence),

  signs,
  heard: () => ({
    what: 'A credential helper is not installed.',
    todo: 'Install the program, or remove its line from config.json and sign in again.',
    wizard: 'credential-helper',
  }),
});

// Only packages that the distributions ship; for the rest, the releases page of docker-credential-helpers.
function install(evidence: Evidence, name: string): Command[] {
  switch (name) {
    case 'ecr-login':
      return [
        onHost(
          evidence,
          'linux',
          'sudo apt-get install amazon-ecr-credential-helper',
          'installs the helper on Debian and Ubuntu; it needs root to write to /usr.',
        ),
        onHost(evidence, 'macos', 'brew install docker-credential-helper-ecr', 'installs the helper.'),
      ];
    case 'pass':
    case 'secretservice':
      return [
        onHost(
          evidence,
          'linux',
          'sudo apt-get install golang-docker-credential-helpers',
          'installs the helper on Debian and Ubuntu; it needs root to write to /usr.',
        ),
      ];
    case 'osxkeychain':
      return [onHost(evidence, 'macos', 'brew install docker-credential-helper', 'installs the helper.')];
    case 'gcloud':
      return [
        onHost(
          evidence,
          'any',
          'gcloud auth configure-docker',
          'writes where the gcloud helper is used; the helper comes with the gcloud CLI.',
        ),
      ];
    default:
      return [];
  }
}
