import { causeFacts } from '@pull-doctor/contract/causes';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { DockerHost } from '@pull-doctor/contract/host';
import { type Ref, useImperativeHandle, useMemo, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { DiagnoseField } from './DiagnoseField.tsx';
import type { FieldMarks } from './FieldText.tsx';
import { platformOfHost } from './platform-of-host.ts';
import { marksOf, phrasesOf } from './text/marked-text.ts';
import { imageGiven, readingOf } from './text/reading-of.ts';
import { startWord, useQuestion } from './useQuestion.ts';
import type { useStartDiagnosis } from './useStartDiagnosis.ts';

export interface AgainFieldHandle {
  focus(): void;
  start(): void;
}

/** The field over a diagnosis: what was asked, with what decided marked, and the button to stop it or to ask again. */
export function AgainField({
  ref,
  diagnosis,
  host,
  start,
  stop,
  isCutOff,
}: {
  ref: Ref<AgainFieldHandle>;
  diagnosis: Diagnosis;
  host: DockerHost | undefined;
  start: ReturnType<typeof useStartDiagnosis>;
  stop: { mutate: () => void; isPending: boolean };
  /** The server is gone: nothing can be stopped now. */
  isCutOff: boolean;
}) {
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const question = useQuestion({
    input: diagnosis.input,
    image: imageGiven(diagnosis),
    platform: diagnosis.platform ?? '',
    pull: diagnosis.pull,
  });
  const isRunning = diagnosis.state === 'running';
  const isSameText = question.text === diagnosis.input;
  const isSame =
    question.text.trim() === diagnosis.input.trim() && question.image.trim() === imageGiven(diagnosis);
  const begin = () => {
    if (!isRunning && !start.isPending && question.request) start.mutate(question.request);
  };
  useImperativeHandle(ref, () => ({ focus: () => fieldRef.current?.focus(), start: begin }));
  const marked = useMarks(diagnosis);

  return (
    <DiagnoseField
      fieldRef={fieldRef}
      question={question}
      defaultPlatform={platformOfHost(host)}
      marked={isSameText ? marked : undefined}
      onStart={begin}
      action={
        isRunning ? (
          <Button kind="primary" icon="x" disabled={stop.isPending || isCutOff} onClick={() => stop.mutate()}>
            {stop.isPending ? 'Stopping' : 'Stop'}
          </Button>
        ) : (
          <Button
            kind="primary"
            type="submit"
            icon={start.isPending ? 'running' : 'diagnose'}
            disabled={start.isPending || question.request === null}
          >
            {isSame ? 'Diagnose again' : startWord(question)}
          </Button>
        )
      }
    />
  );
}

/** The phrases that decided, in the colours of the cause that they speak for. */
function useMarks(diagnosis: Diagnosis): FieldMarks | undefined {
  const reading = readingOf(diagnosis);
  return useMemo(() => {
    const [first] = reading?.causes ?? [];
    if (!reading || !first) return undefined;
    return { marks: marksOf(phrasesOf(reading.causes)), tone: causeFacts[first.cause].tint };
  }, [reading]);
}
