import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Button, buttonClass } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';

const AddRegistryDialog = lazy(() => import('../AddRegistryDialog.tsx'));

/** An address of a registry that nobody watches. */
export function NoRegistry({ host, says }: { host: string; says: string }) {
  const [isAdding, setAdding] = useState(false);
  return (
    <Card label="Registry">
      <EmptyState
        icon="registry"
        heading="h1"
        title={`${host} is not watched`}
        actions={
          <>
            <Button kind="primary" icon="plus" aria-haspopup="dialog" onClick={() => setAdding(true)}>
              Add a registry
            </Button>
            <Link to="/registries" className={buttonClass({})}>
              All registries
            </Link>
          </>
        }
      >
        {says}
      </EmptyState>
      <Suspense>{isAdding && <AddRegistryDialog host={host} onClose={() => setAdding(false)} />}</Suspense>
    </Card>
  );
}
