import { inputCharactersMax, type Recognition } from '@pull-doctor/contract/recognition';
import { redactText } from '@pull-doctor/contract/redact';
import { useMemo, useState } from 'react';
import { hiddenIn } from './chips.ts';
import { type FailuresTold, useFailuresTold } from './useFailuresTold.ts';
import { useRecognition } from './useRecognition.ts';
import type { StartRequest } from './useStartDiagnosis.ts';

/** What is about to be asked: the text with its options, and what the server takes it for. */
export interface Question {
  text: string;
  setText: (text: string) => void;
  /** The image that an error text is about, where it does not name one or another one is meant. */
  image: string;
  /** Null: as if nobody had written one. */
  setImage: (image: string | null) => void;
  /** Whether the image is asked for. */
  asksImage: boolean;
  /** Whether there is a verdict without an image too. */
  isImageOptional: boolean;
  platform: string;
  setPlatform: (platform: string) => void;
  pull: boolean;
  setPull: (pull: boolean) => void;
  recognition: Recognition | undefined;
  /** Set where the text tells of several failures. */
  failures: FailuresTold | null;
  secretsHidden: number;
  /** How many characters would be sent; more than the limit cannot be. */
  characters: number;
  isTooLong: boolean;
  /** Cuts a text that is too long down to its end, where the error stands in a log. */
  keepEnd: () => void;
  /** What would be sent; null where nothing can be. */
  request: StartRequest | null;
}

/** The state of the Diagnose field. Nothing with a secret is asked about, and nothing that is too long. */
export function useQuestion(initial: Partial<StartRequest>): Question {
  const [text, setText] = useState(initial.input ?? '');
  // until a person writes one: which image was given shows only when the text was read
  const [written, setImage] = useState<string | null>(null);
  const image = written ?? initial.image ?? '';
  const [platform, setPlatform] = useState(initial.platform ?? '');
  const [pull, setPull] = useState(initial.pull ?? false);
  const hidden = useMemo(() => redactText(text).text, [text]);
  const isTooLong = hidden.length > inputCharactersMax;
  const recognition = useRecognition(isTooLong ? '' : hidden);
  // a field that was written in stays, though it is empty again
  const asksImage =
    image !== '' || written !== null || (recognition !== undefined && namesNoImage(recognition, hidden));
  const failures = useFailuresTold(recognition?.kind === 'error' ? hidden : '');
  return {
    text,
    setText,
    image,
    setImage,
    asksImage,
    isImageOptional: recognition?.kind === 'error',
    platform,
    setPlatform,
    pull,
    setPull,
    recognition,
    failures,
    secretsHidden: hiddenIn(hidden),
    characters: hidden.length,
    isTooLong,
    keepEnd: () => setText(endOf(hidden)),
    request: isTooLong || text.trim() === '' ? null : { input: text, image: image.trim(), platform, pull },
  };
}

/** What the button that starts says. */
export const startWord = ({ asksImage, image, isImageOptional }: Question): string =>
  asksImage && isImageOptional && image.trim() === '' ? 'Diagnose the text alone' : 'Diagnose';

const sentenceCharacters = 60;

/** An error text without an image; one with a wrong image name has named it. */
function namesNoImage({ kind, reference, span, problems }: Recognition, text: string): boolean {
  if (reference !== null || span !== null || problems.length > 0) return false;
  // what is shorter is more likely still being typed
  const isPassage = text.trim().includes('\n') || text.trim().length > sentenceCharacters;
  return kind === 'error' || (kind === 'text' && isPassage);
}

/** The last whole lines that can be read at once. Secrets are hidden before, so that none is cut into what looks like none. */
export function endOf(text: string): string {
  const end = text.slice(-inputCharactersMax);
  const line = end.indexOf('\n');
  // a log without line ends is cut where it has to be
  return line >= 0 && line < end.length - 1 ? end.slice(line + 1) : end;
}
