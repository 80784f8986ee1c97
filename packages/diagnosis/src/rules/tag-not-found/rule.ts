import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { dockerManifestAsk } from '../../facts/asked.ts';
import { pullCommand } from '../../facts/commands.ts';
import { readAbsence } from '../../facts/read-absence.ts';
import { subjectOf } from '../../facts/subject.ts';
import { count, list, quoted } from '../../words/sentence.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const tagNotFound = defineRule({
  cause: 'tag-not-found',
  decides: 'Whether the repository has this tag.',
  needs: ['reference'],

  examine(evidence) {
    const absence = readAbsence(evidence);
    // A web page that says 404 speaks for no repository: see not-a-registry.
    if (absence?.what !== 'tag' || isPage(evidence)) return;
    const { repository, registryName, wanted, provider } = subjectOf(evidence);
    const words = absence.words ? `: ${quoted(absence.words)}` : '';
    const existence = evidence.manifest?.repository;
    return {
      certainty: absence.certainty,
      ...(absence.certainty === 'confirmed' ? { confirmedBy: 'registry' as const } : {}),
      what: absence.isOpen
        ? `${registryName} has no ${wanted} of ${repository}, or no such repository.`
        : `${repository} has no ${wanted}.`,
      why: `The registry answers 404${absence.code ? ` ${absence.code}` : ''}${words}.${existence?.exists === 'yes' ? ` The repository exists: ${existence.why}` : ''}`,
      ...advice(evidence),
      alternatives: absence.isOpen
        ? [
            {
              cause: 'repository-not-found',
              why: `${provider.id === 'generic' ? 'Many registries give' : `${provider.name} gives`} the same answer when the repository is missing.`,
              decides: `The list of tags of ${repository}, read by somebody who may.`,
            },
          ]
        : [],
      restsOn: ['manifest'],
    };
  },

  rulesOut(evidence) {
    const ask = dockerManifestAsk(evidence);
    return ask?.outcome === 'found' ? `The ${subjectOf(evidence).wanted} is there.` : undefined;
  },

  signs,
  heard: (evidence) => ({
    what: `${subjectOf(evidence).repository} has no ${subjectOf(evidence).wanted}.`,
    ...advice(evidence),
  }),
});

function advice(evidence: Evidence): Pick<RuleFinding, 'todo' | 'commands' | 'wizard'> {
  const { manifest, reference } = evidence;
  const tags = manifest?.tags;
  const suggestions = manifest?.suggestions.slice(0, 3) ?? [];
  const near = tags?.near.slice(0, 5) ?? [];
  const isDigest = reference?.reference?.digest;
  const known = tags
    ? `${tags.complete ? 'It has' : 'Of its tags were read'} ${count(tags.seen, 'tag')}. `
    : '';
  const like = near.length > 0 ? `Close to it: ${list(near)}. ` : '';
  const general = isDigest
    ? 'The digest may have been removed with its last tag, or belong to another repository: take it from the registry again.'
    : 'Pick a tag that exists.';
  return {
    todo: `${known}${like}${general}`,
    commands: suggestions.map((one) => pullCommand(one.reference, `This one exists: ${one.proof}`)),
    wizard: 'check-image-name',
  };
}

function isPage(evidence: Evidence): boolean {
  const ask = dockerManifestAsk(evidence);
  const answer = (ask?.get ?? ask?.head)?.answer;
  return answer?.bodyKind === 'html' && evidence.ping?.isRegistry !== 'yes';
}
