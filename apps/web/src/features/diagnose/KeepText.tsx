import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { keepDiagnosis } from '@pull-doctor/contract/history';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api.ts';
import { diagnosisQuery } from '../../queries.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';

/** Puts the failed pull that a pasted text tells of into the pull history, which nobody else may have told. */
export function KeepText({ diagnosis: { id, attemptId, steps, state } }: { diagnosis: Diagnosis }) {
  const queryClient = useQueryClient();
  const keep = useMutation({
    mutationFn: () => call(keepDiagnosis, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: diagnosisQuery(id).queryKey }),
  });
  if (state === 'running' || !steps.some(({ step }) => step === 'text')) return null;
  const kept = attemptId ?? keep.data?.id;
  if (kept)
    return (
      <Link to="/history" search={{ attempt: kept }} className={buttonClass({ kind: 'quiet', size: 'lg' })}>
        See it in the history
      </Link>
    );
  return (
    <>
      <Button
        size="lg"
        kind="quiet"
        icon="history"
        disabled={keep.isPending}
        title="Records this failed pull, so that it counts among those that fail for the same cause."
        onClick={() => keep.mutate()}
      >
        {keep.isPending ? 'Keeping' : 'Keep in the history'}
      </Button>
      {keep.error && <p role="alert">{keep.error.message}</p>}
    </>
  );
}
