import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { announce } from '../../announce.tsx';
import { setDraft, useDraft } from '../../draft.ts';
import { useShortcuts } from '../../keyboard.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { hostQuery } from '../../queries.ts';
import { StaleNote } from '../../StaleNote.tsx';
import { Button } from '../../ui/Button.tsx';
import { countText } from '../../ui/time-text.ts';
import { useTitle } from '../../useTitle.ts';
import { hiddenIn } from './chips.ts';
import { DiagnoseField } from './DiagnoseField.tsx';
import styles from './DiagnosePage.module.css';
import { Examples } from './Examples.tsx';
import { FailedLately } from './FailedLately.tsx';
import { platformOfHost } from './platform-of-host.ts';
import { startWord, useQuestion } from './useQuestion.ts';
import { useStartDiagnosis } from './useStartDiagnosis.ts';

/** The question: what did not pull? */
export function DiagnosePage() {
  useTitle('Diagnose');
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft();
  const question = useQuestion({ input: draft.text });
  const { setText, setImage, request } = question;
  const { data: host } = useQuery(hostQuery);
  const start = useStartDiagnosis();

  // a paste on another page, or one more on this one, lands in the field
  useEffect(() => {
    if (!draft.text) return;
    setText(draft.text);
    setImage(null);
    const hidden = hiddenIn(draft.text);
    announce(hidden > 0 ? `Pasted, ${countText(hidden, 'secret')} hidden` : 'Pasted');
    // Enter is all that is left to do, and only a keyboard pastes outside of a field
    fieldRef.current?.focus();
  }, [draft, setText, setImage]);
  // the draft has arrived: it must not come back on the next visit
  useEffect(() => () => setDraft(''), []);
  useEffect(() => focusField(fieldRef.current), []);
  useShortcuts(useMemo(() => ({ field: () => fieldRef.current?.focus() }), []));

  const begin = () => {
    if (request && !start.isPending) start.mutate(request);
  };
  return (
    <>
      <StaleNote />
      <div className={styles.hero}>
        <h1>What did not pull?</h1>
        <p>Paste an image, a command or the whole error. Secrets in it are hidden before anything is sent.</p>
      </div>
      <div className={styles.narrow}>
        {start.error && <ProblemBanner error={start.error} title="The diagnosis did not start." />}
        <DiagnoseField
          isLarge
          fieldRef={fieldRef}
          question={question}
          defaultPlatform={platformOfHost(host)}
          onStart={begin}
          hint="Enter starts, Shift Enter adds a line"
          action={
            <Button
              kind="primary"
              type="submit"
              icon={start.isPending ? 'running' : 'diagnose'}
              disabled={start.isPending || request === null}
            >
              {startWord(question)}
            </Button>
          }
        />
        <Examples
          onChoose={(example) => {
            setText(example);
            fieldRef.current?.focus();
          }}
        />
        <FailedLately
          hostName={host?.name}
          onDiagnose={(input) =>
            start.mutate({ input, image: '', platform: question.platform, pull: question.pull })
          }
          isBusy={start.isPending}
        />
      </div>
    </>
  );
}

/** Not on phones, where the keyboard would jump up over the page. */
function focusField(field: HTMLTextAreaElement | null): void {
  if (matchMedia('(pointer: fine)').matches) field?.focus();
}
