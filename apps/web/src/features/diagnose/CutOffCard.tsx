import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { retryLive, useLiveState } from '../../live-updates.ts';
import { RetryIn } from '../../RetryIn.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { currentStep, shownSteps } from './step-words.ts';
import { useReport } from './useReport.ts';

/** The server was lost while a diagnosis ran. Our fault, so it is grey and no verdict. */
export function CutOffCard({ diagnosis, onRetry }: { diagnosis: Diagnosis; onRetry: () => void }) {
  const live = useLiveState();
  const report = useReport(diagnosis);
  const last = Math.max(currentStep(shownSteps(diagnosis)) - 1, 0);
  return (
    <Card label="Verdict">
      <EmptyState
        icon="unreachable"
        heading="h1"
        title="The diagnosis was cut off"
        actions={
          <>
            <Button
              kind="primary"
              icon="refresh"
              onClick={() => {
                retryLive();
                onRetry();
              }}
            >
              Try now
            </Button>
            <CopyButton kind="normal" text={report}>
              Copy what is known
            </CopyButton>
          </>
        }
        facts={[
          { label: 'Server', value: 'does not answer' },
          { label: 'Diagnosis', value: diagnosis.id },
        ]}
      >
        The Pull Doctor server stopped answering after step {last}. The image has not been judged; what is
        listed here is safe to rely on. <RetryIn state={live} />
      </EmptyState>
    </Card>
  );
}
