import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { KeepText } from './KeepText.tsx';
import { useReport } from './useReport.ts';

/** What can be done with a verdict: pass it on, or let the daemon try for real. */
export function VerdictActions({
  diagnosis,
  isBusy,
  onPull,
}: {
  diagnosis: Diagnosis;
  isBusy: boolean;
  onPull: () => void;
}) {
  const report = useReport(diagnosis);
  const canPull = !diagnosis.pull && diagnosis.reference !== null;
  return (
    <>
      <CopyButton kind="normal" size="lg" text={report}>
        Copy report
      </CopyButton>
      <KeepText diagnosis={diagnosis} />
      {canPull && (
        <Button
          size="lg"
          kind="quiet"
          icon="download"
          disabled={isBusy}
          title="A real pull: it takes time and disk on the host, and counts as a pull at the registry."
          onClick={onPull}
        >
          Also pull through the daemon
        </Button>
      )}
    </>
  );
}
