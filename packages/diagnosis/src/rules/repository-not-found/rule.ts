import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Command } from '@pull-doctor/contract/finding';
import { pullCommand } from '../../facts/commands.ts';
import { readAbsence } from '../../facts/read-absence.ts';
import { readRefusal } from '../../facts/read-refusal.ts';
import { refusalInWords } from '../../facts/registry-words.ts';
import { hostName, isOfficialName, subjectOf } from '../../facts/subject.ts';
import { list, quoted } from '../../words/sentence.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const repositoryNotFound = defineRule({
  cause: 'repository-not-found',
  decides: 'Whether the repository exists, as far as the registry tells.',
  needs: ['reference'],

  examine(evidence) {
    const absence = readAbsence(evidence);
    const { repository, registryName } = subjectOf(evidence);
    if (absence?.what === 'repository') {
      const words = absence.words ? `: ${quoted(absence.words)}` : '';
      const existence = evidence.manifest?.repository;
      return {
        certainty: absence.certainty,
        confirmedBy: 'registry',
        what: `There is no ${repository} on ${registryName}.`,
        why:
          absence.code === 'NAME_UNKNOWN'
            ? `The registry answers NAME_UNKNOWN${words}.`
            : `The registry does not know the repository: ${existence?.why ?? ''}`,
        ...advice(evidence),
        alternatives: hidesAsAbsent(evidence),
        restsOn: ['manifest'],
      };
    }
    const read = readRefusal(evidence);
    if (read?.cause !== 'repository-not-found') return;
    return {
      certainty: read.certainty,
      ...(read.confirmedBy ? { confirmedBy: read.confirmedBy } : {}),
      what: `There is no ${isOfficialName(evidence) ? repository.replace('library/', '') : repository} on ${registryName}.`,
      why:
        read.because === 'official-name'
          ? `${refusalInWords(evidence)} A name without a slash stands for an official image, and those can be read by anybody: what is refused here does not exist.`
          : `${refusalInWords(evidence)} ${evidence.manifest?.repository.why ?? ''}`.trim(),
      ...advice(evidence),
      restsOn: ['reference', 'manifest'],
    };
  },

  rulesOut: ({ manifest }) =>
    manifest?.repository.exists === 'yes' ? `The repository exists: ${manifest.repository.why}` : undefined,

  signs,
  heard: (evidence) => ({
    what: `There is no ${subjectOf(evidence).repository} on ${subjectOf(evidence).registryName}.`,
    ...advice(evidence),
  }),
});

function advice(evidence: Evidence): Pick<RuleFinding, 'todo' | 'commands' | 'wizard'> {
  const suggestions = evidence.manifest?.suggestions ?? [];
  const local = evidence.daemon?.similarLocal ?? [];
  const commands: Command[] = suggestions
    .slice(0, 3)
    .map(({ reference, proof }) => pullCommand(reference, `This one exists: ${proof}`));
  const found =
    suggestions.length > 0
      ? `${list(
          suggestions.slice(0, 3).map((s) => s.reference),
          'or',
        )} exists. `
      : '';
  const built =
    local.length > 0
      ? `${hostName(evidence)} holds ${list(local.slice(0, 3))} already: an image that was built here needs no pull. `
      : '';
  const general = isOfficialName(evidence)
    ? 'Put the host of the registry, or the user or organization, in front of the name.'
    : 'Compare host and name with the page of the registry, letter by letter.';
  return { todo: `${found}${built}${general}`, commands, wizard: 'check-image-name' };
}

/** Registries that answer "not there" to who may not read. */
function hidesAsAbsent(evidence: Evidence): NonNullable<RuleFinding['alternatives']> {
  const { provider, repository } = subjectOf(evidence);
  if (provider.id !== 'scaleway' && provider.id !== 'ocir') return [];
  return [
    {
      cause: 'access-denied',
      why: `${provider.name} gives the same answer to a login that may not read ${repository}.`,
      decides: `Look ${repository} up in the console of the provider.`,
    },
  ];
}
