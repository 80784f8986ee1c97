import type { ReferenceEvidence, TextEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { Platform } from '@pull-doctor/contract/image-reference';
import type { Recognition } from '@pull-doctor/contract/recognition';
import { redactText } from '@pull-doctor/contract/redact';
import { readMessage } from '@pull-doctor/diagnosis/message/read-message';
import { recognize } from '@pull-doctor/diagnosis/recognize/recognize';
import { canonical, familiar } from '@pull-doctor/diagnosis/reference/names';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';

/** What was asked, with every secret hidden that the input held. */
export interface Question {
  input: string;
  secretsHidden: number;
  /** `linux/arm64`, from the request, the command line, or the error text. */
  platform: string | null;
  pull: boolean;
  /** Null where an error text names no image, and none was given. */
  reference: Omit<ReferenceEvidence, 'endpoint'> | null;
  /** What the input says, where it is an error text. */
  text: TextEvidence | null;
}

interface Request {
  input: string;
  image?: string | undefined;
  platform?: string | undefined;
  pull: boolean;
}

/** Reads a request: secrets are hidden first, and only what is left is read, kept and answered. */
export function readQuestion(request: Request): Question {
  const { text: input, hidden } = redactText(request.input);
  const recognition = recognize(input);
  const named = request.image === undefined ? null : redactText(request.image);
  // Output of which nothing is known is an error text all the same: an image given for it, or several lines, tell.
  const isOutput =
    recognition.kind === 'text' && recognition.problems.length === 0 && (named !== null || hasLines(input));
  const isText = recognition.kind === 'error' || isOutput;
  const given = named ? recognize(named.text) : null;
  return {
    input,
    secretsHidden: hidden + (named?.hidden ?? 0),
    platform: request.platform ?? given?.platform ?? recognition.platform,
    pull: request.pull,
    text: isText ? readMessage(input) : null,
    reference: named && given ? referenceOf(named.text, given) : ofInput(input, recognition, isText),
  };
}

function hasLines(input: string): boolean {
  return /\S[^\n]*\n\s*\S/.test(input);
}

function ofInput(input: string, recognition: Recognition, isText: boolean): Question['reference'] {
  const isNamed = recognition.reference !== null || recognition.problems.length > 0;
  return isText && !isNamed ? null : referenceOf(input, recognition);
}

function referenceOf(input: string, recognition: Recognition): NonNullable<Question['reference']> {
  if (!recognition.reference) return faultyReference(input, recognition);
  const { canonical: asDocker, familiar: asWritten, ...reference } = recognition.reference;
  const { span } = recognition;
  // An error text may name the image only by parts, in an address.
  const text = span ? input.slice(span.start, span.end) : asWritten;
  return { text, reference, fault: null, familiar: asWritten, canonical: asDocker };
}

/** Where nothing was recognised, the text itself is judged as a reference: that names the fault, and where it is. */
function faultyReference(input: string, recognition: Recognition): NonNullable<Question['reference']> {
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
