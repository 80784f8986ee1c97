import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from './ui/Button.tsx';
import { Card } from './ui/Card.tsx';
import { EmptyState } from './ui/EmptyState.tsx';

/** A page that broke: our fault, and said so. A part that a new version took away is the likely reason. */
export function ErrorPage({ error }: ErrorComponentProps) {
  return (
    <Card label="Error">
      <EmptyState
        icon="warn"
        heading="h1"
        title="This page broke"
        actions={
          <Button kind="primary" icon="refresh" onClick={() => window.location.reload()}>
            Load it again
          </Button>
        }
        facts={[{ label: 'Message', value: error instanceof Error ? error.message : String(error) }]}
      >
        The fault is Pull Doctor's, not the registry's. If the server was upgraded meanwhile, loading the page
        again is enough.
      </EmptyState>
    </Card>
  );
}
