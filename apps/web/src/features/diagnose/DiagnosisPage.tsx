import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { stopDiagnosis } from '@pull-doctor/contract/diagnoses';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { announce } from '../../announce.tsx';
import { ApiError, call } from '../../api.ts';
import { firstLine, shortImageText } from '../../image-text.ts';
import { useShortcuts } from '../../keyboard.ts';
import { useLiveState } from '../../live-updates.ts';
import { moveFocus } from '../../move-focus.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { diagnosisQuery, hostQuery } from '../../queries.ts';
import { StaleNote } from '../../StaleNote.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import { useTitle } from '../../useTitle.ts';
import { AgainField, type AgainFieldHandle } from './AgainField.tsx';
import { CutOffCard } from './CutOffCard.tsx';
import styles from './DiagnosisPage.module.css';
import { DiagnosisMissing, DiagnosisSkeleton } from './DiagnosisStates.tsx';
import { RunningCard } from './RunningCard.tsx';
import { StepTimeline } from './StepTimeline.tsx';
import { imageGiven } from './text/reading-of.ts';
import { useOpenSteps } from './useOpenSteps.ts';
import { useReport } from './useReport.ts';
import { type StartRequest, useStartDiagnosis } from './useStartDiagnosis.ts';
import { VerdictActions } from './VerdictActions.tsx';
import { VerdictCard } from './VerdictCard.tsx';

/** One diagnosis: live while it runs, then a permanent page. */
export function DiagnosisPage() {
  const { id } = useParams({ from: '/shell/diagnose/$id' });
  const { data: diagnosis, error, refetch, isPending } = useQuery(diagnosisQuery(id));
  if (diagnosis)
    return <DiagnosisView key={id} diagnosis={diagnosis} error={error} onRetry={() => void refetch()} />;
  if (isPending) return <DiagnosisSkeleton />;
  return <DiagnosisMissing id={id} error={error} onRetry={() => void refetch()} />;
}

function DiagnosisView({
  diagnosis,
  error,
  onRetry,
}: {
  diagnosis: Diagnosis;
  error: Error | null;
  onRetry: () => void;
}) {
  useTitle(
    `Diagnose ${diagnosis.reference ? shortImageText(diagnosis.reference) : firstLine(diagnosis.input)}`,
  );
  const { data: host } = useQuery(hostQuery);
  const live = useLiveState();
  const start = useStartDiagnosis();
  const stop = useStop(diagnosis.id);
  const copy = useCopy();
  const report = useReport(diagnosis);
  const fieldRef = useRef<AgainFieldHandle>(null);
  const steps = useOpenSteps(diagnosis);
  useAnnouncedVerdict(diagnosis);

  const isServerLost = error instanceof ApiError && (error.status === 0 || error.status >= 500);
  const isCutOff = diagnosis.state === 'running' && (isServerLost || live.kind === 'lost');
  const again = (changed: Partial<StartRequest>) =>
    start.mutate({
      input: diagnosis.input,
      image: imageGiven(diagnosis),
      platform: diagnosis.platform ?? '',
      pull: diagnosis.pull,
      ...changed,
    });

  useShortcuts(
    useMemo(
      () => ({
        field: () => fieldRef.current?.focus(),
        next: () => moveFocus('button[data-step]', 1),
        previous: () => moveFocus('button[data-step]', -1),
        evidence: steps.toggleAll,
        'copy-report': () => report && copy.copy(report()),
        again: () => diagnosis.state !== 'running' && fieldRef.current?.start(),
      }),
      [steps.toggleAll, copy, report, diagnosis],
    ),
  );

  return (
    <>
      {!isCutOff && <StaleNote />}
      {start.error && <ProblemBanner error={start.error} title="The diagnosis did not start." />}
      {stop.error && <ProblemBanner error={stop.error} title="The diagnosis could not be stopped." />}
      <AgainField
        ref={fieldRef}
        diagnosis={diagnosis}
        host={host}
        start={start}
        stop={stop}
        isCutOff={isCutOff}
      />
      <div className={styles.columns}>
        <StepTimeline
          diagnosis={diagnosis}
          hostName={host?.name}
          isCutOff={isCutOff}
          open={steps.open}
          onToggle={steps.toggle}
          isBusy={start.isPending || diagnosis.state === 'running'}
          onDiagnoseImage={(image) => again({ image })}
        />
        {isCutOff ? (
          <CutOffCard diagnosis={diagnosis} onRetry={onRetry} />
        ) : diagnosis.state === 'running' ? (
          <RunningCard diagnosis={diagnosis} />
        ) : (
          <VerdictCard
            diagnosis={diagnosis}
            onStep={steps.show}
            actions={
              <VerdictActions
                diagnosis={diagnosis}
                isBusy={start.isPending}
                onPull={() => again({ pull: true })}
              />
            }
          />
        )}
      </div>
    </>
  );
}

function useStop(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(stopDiagnosis, { params: { id } }),
    onSuccess: (stopped) => queryClient.setQueryData(diagnosisQuery(id).queryKey, stopped),
  });
}

/** Says the verdict once, when it comes while the page is open. The focus stays where it is. */
function useAnnouncedVerdict({ state, verdict }: Diagnosis): void {
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && state !== 'running') announce(verdict);
    wasRunning.current = state === 'running';
  }, [state, verdict]);
}
