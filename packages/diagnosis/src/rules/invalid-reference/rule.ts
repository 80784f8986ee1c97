import { dockerManifestAsk } from '../../facts/asked.ts';
import { pullCommand } from '../../facts/commands.ts';
import { subjectOf } from '../../facts/subject.ts';
import { quoted } from '../../words/sentence.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const invalidReference = defineRule({
  cause: 'invalid-reference',
  decides: 'How Docker reads the name, part by part.',
  needs: ['reference'],

  examine(evidence) {
    const fault = evidence.reference?.fault;
    if (fault) {
      return {
        certainty: 'confirmed',
        confirmedBy: 'probe',
        what: fault.what,
        why: 'Docker refuses such a name before it asks any registry, so nothing else was checked.',
        todo: fault.fix ? `Write ${fault.fix} instead.` : 'Correct the name.',
        commands: fault.fix ? [pullCommand(fault.fix, 'The same pull with the name corrected.')] : [],
        wizard: 'check-image-name',
        restsOn: ['reference'],
      };
    }
    const ask = dockerManifestAsk(evidence);
    const refusal = ask?.errors.find(({ code }) => code.toUpperCase() === 'NAME_INVALID');
    if (!refusal) return;
    const { host, repository } = subjectOf(evidence);
    return {
      certainty: 'confirmed',
      confirmedBy: 'registry',
      what: `${host} takes ${repository} for no valid name.`,
      why: `Docker accepts the name, but the registry answers NAME_INVALID${refusal.message ? `: ${quoted(refusal.message)}` : ''}. It has rules of its own for names.`,
      todo: 'Compare the name with the one that the registry shows for this image, part by part.',
      wizard: 'check-image-name',
      restsOn: ['manifest'],
    };
  },

  rulesOut: ({ reference }) =>
    reference?.canonical ? `Docker reads the name as ${reference.canonical}.` : undefined,

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: `Docker takes ${quoted(subjectOf(evidence).image, 120)} for no image name.`,
    todo: 'Correct the name: lower case, no scheme, one colon before the tag.',
    wizard: 'check-image-name',
  }),
});
