import { causeFacts } from '@pull-doctor/contract/causes';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { Finding } from '@pull-doctor/contract/finding';
import { redactText } from '@pull-doctor/contract/redact';
import { imageText } from '../../image-text.ts';
import { confidenceOf } from '../../outcome.ts';
import { evidenceText } from '../../ui/evidence-text.ts';
import { durationText, momentText } from '../../ui/time-text.ts';
import { hiddenIn } from './chips.ts';
import { evidenceOf } from './evidence/evidence-of.ts';
import { shownSteps, stepWords } from './step-words.ts';
import { excerptText } from './text/excerpt.ts';
import { marksOf, phrasesOf } from './text/marked-text.ts';
import { readingOf } from './text/reading-of.ts';

/** A diagnosis as plain text for a ticket or a chat: the verdict, what it rests on, every step. Redacted once more. */
export function reportText(diagnosis: Diagnosis): string {
  const text = [
    diagnosis.verdict,
    ...inputText(diagnosis),
    ...(diagnosis.platform ? [`Platform: ${diagnosis.platform}`] : []),
    `Diagnosed: ${momentText(diagnosis.startedAt)}, ${diagnosis.state}, ${diagnosis.id}`,
    ...diagnosis.findings.map(findingText),
    ...listText('Also looked at', [
      ...diagnosis.open.map(({ cause, until }) => `${causeFacts[cause].badge}: open until ${until}`),
      ...diagnosis.ruledOut.map(({ cause, why }) => `${causeFacts[cause].badge}: ruled out, ${why}`),
    ]),
    ...listText('Good to know', diagnosis.vantageNotes),
    ...shownSteps(diagnosis).map((step) => {
      const took = step.ms === null ? '' : `, ${durationText(step.ms)}`;
      const evidence = evidenceText(evidenceOf(step));
      return `## ${stepWords[step.step]}: ${step.state}${took}\n${step.summary}${evidence ? `\n${indented(evidence)}` : ''}`;
    }),
  ].join('\n\n');
  const { text: safe } = redactText(text);
  const hidden = hiddenIn(safe);
  return `${safe}\n\n${hidden === 1 ? '1 value is' : `${hidden} values are`} hidden in this report.\n`;
}

/** What was asked: the image or the command, or of an error text the lines around what decided. */
function inputText(diagnosis: Diagnosis): string[] {
  const reading = readingOf(diagnosis);
  if (!reading) return [`Image or text: ${diagnosis.input.trim()}`];
  const image = diagnosis.reference ? [`Image: ${imageText(diagnosis.reference)}`] : [];
  const lines = excerptText(diagnosis.input, marksOf(phrasesOf(reading.causes)));
  return [...image, `Error text:\n${indented(lines.trimEnd())}`];
}

function findingText(finding: Finding): string {
  return [
    `## ${causeFacts[finding.cause].badge} (${finding.cause}), ${confidenceOf(finding).word.toLowerCase()}`,
    finding.what,
    finding.why,
    `To do: ${finding.todo}`,
    ...finding.commands.map(({ command, says }) => `  ${command}\n    ${says}`),
    ...finding.restsOn.map(({ step, says }) => `- ${stepWords[step]}: ${says}`),
    ...finding.alternatives.map(
      ({ cause, why, decides }) => `- Or ${causeFacts[cause].badge}: ${why} ${decides}`,
    ),
  ].join('\n');
}

const listText = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [`## ${title}\n${lines.map((line) => `- ${line}`).join('\n')}`] : [];

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
