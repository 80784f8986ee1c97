import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { DockerHost } from '@pull-doctor/contract/host';
import { redactText } from '@pull-doctor/contract/redact';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { DiagnoseField } from './DiagnoseField.tsx';
import { platformOfHost } from './platform-of-host.ts';
import { useRecognition } from './useRecognition.ts';
import type { useStartDiagnosis } from './useStartDiagnosis.ts';

export interface AgainFieldHandle {
  focus(): void;
  start(): void;
}

/** The field over a diagnosis: what was asked, and the button to stop it or to ask again. */
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
  const [text, setText] = useState(diagnosis.input);
  const [platform, setPlatform] = useState(diagnosis.platform ?? '');
  const [pull, setPull] = useState(diagnosis.pull);
  const recognition = useRecognition(redactText(text).text);
  const isRunning = diagnosis.state === 'running';
  const isSame = text.trim() === diagnosis.input.trim();
  const begin = () => {
    if (!isRunning && !start.isPending && text.trim()) start.mutate({ input: text, platform, pull });
  };
  useImperativeHandle(ref, () => ({ focus: () => fieldRef.current?.focus(), start: begin }));

  return (
    <DiagnoseField
      fieldRef={fieldRef}
      text={text}
      onText={setText}
      recognition={recognition}
      platform={platform}
      defaultPlatform={platformOfHost(host)}
      onPlatform={setPlatform}
      pull={pull}
      onPull={setPull}
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
            disabled={start.isPending || text.trim() === ''}
          >
            {isSame ? 'Diagnose again' : 'Diagnose'}
          </Button>
        )
      }
    />
  );
}
