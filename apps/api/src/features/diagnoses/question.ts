import type { ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { Platform } from '@pull-doctor/contract/image-reference';
import { redactText } from '@pull-doctor/contract/redact';
import { recognize } from '@pull-doctor/diagnosis/recognize/recognize';
import { canonical, familiar } from '@pull-doctor/diagnosis/reference/names';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';

/** What was asked, with every secret hidden that the input held. */
export interface Question {
  input: string;
  secretsHidden: number;
  /** `linux/arm64`, from the request or from the command line. */
  platform: string | null;
  pull: boolean;
  reference: Omit<ReferenceEvidence, 'endpoint'>;
}

export function readQuestion(request: {
  input: string;
  platform?: string | undefined;
  pull: boolean;
}): Question {
  const { text: input, hidden } = redactText(request.input);
  const recognition = recognize(input);
  const platform = request.platform ?? recognition.platform;
  const base = { input, secretsHidden: hidden, platform, pull: request.pull };
  if (recognition.reference) {
    const { canonical: asDocker, familiar: asWritten, ...reference } = recognition.reference;
    const text = recognition.span ? input.slice(recognition.span.start, recognition.span.end) : input.trim();
    return { ...base, reference: { text, reference, fault: null, familiar: asWritten, canonical: asDocker } };
  }
  return { ...base, reference: faultyReference(input, recognition) };
}

/** Where nothing was recognised, the text itself is judged as a reference: that names the fault, and where it is. */
function faultyReference(input: string, recognition: ReturnType<typeof recognize>): Question['reference'] {
  const [problem] = recognition.problems;
  const parsed = parseReference(
    recognition.span ? input.slice(recognition.span.start, recognition.span.end) : input.trim(),
  );
  if (parsed.ok && !problem) {
    const { reference } = parsed;
    return {
      text: input.trim(),
      reference,
      fault: null,
      familiar: familiar(reference),
      canonical: canonical(reference),
    };
  }
  const fault = parsed.ok
    ? {
        code: 'bad-character' as const,
        what: problem?.what ?? '',
        at: problem?.at ?? 0,
        length: 0,
        fix: problem?.fix ?? null,
      }
    : parsed.fault;
  return {
    text: input.trim().slice(0, 1000),
    reference: null,
    fault: problem ? { ...fault, what: problem.what, at: problem.at, fix: problem.fix ?? fault.fix } : fault,
    familiar: null,
    canonical: null,
  };
}

/** `linux/arm/v7` as the contract has it; the request's schema made sure of the form. */
export function platformOf(text: string): Platform {
  const [os = '', architecture = '', variant] = text.split('/');
  return { os, architecture, variant: variant ?? null };
}
