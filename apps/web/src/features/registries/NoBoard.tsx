import type { RegistryBoard } from '@pull-doctor/contract/registries';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './Board.module.css';

const AddRegistryDialog = lazy(() => import('./AddRegistryDialog.tsx'));

/** Nothing to watch: what was read, and the ways to get something. */
export function EmptyBoard({ board, isStale }: { board: RegistryBoard; isStale: boolean }) {
  const [isAdding, setAdding] = useState(false);
  const config = board.users.find(({ name }) => name === board.user);
  return (
    <>
      <Card label="Registries">
        <EmptyState
          icon="registry"
          title="No registry to watch yet"
          actions={
            <Button
              kind="primary"
              icon="plus"
              aria-haspopup="dialog"
              disabled={isStale}
              onClick={() => setAdding(true)}
            >
              Add a registry
            </Button>
          }
        >
          {config ? config.says : board.under}
        </EmptyState>
      </Card>
      <div className={styles.ways}>
        <div className={styles.way}>
          <Icon id="diagnose" size="lg" />
          <h3>Something does not pull?</h3>
          <p>
            Paste the error anywhere on this page. You get the cause and the fix.{' '}
            <Link to="/diagnose">Diagnose</Link>
          </p>
        </div>
        <div className={styles.way}>
          <Icon id="terminal" size="lg" />
          <h3>Sign in as usual</h3>
          <p>
            <code>docker login ghcr.io</code>
          </p>
          <p>as user {board.user}. The registry shows up here at once.</p>
        </div>
        <div className={styles.way}>
          <Icon id="users" size="lg" />
          <h3>Another user pulls?</h3>
          <p>
            Docker keeps a configuration for each user, root included. <code>PULL_DOCTOR_CONFIGS</code> names
            further folders to read.
          </p>
        </div>
      </div>
      <Suspense>{isAdding && <AddRegistryDialog onClose={() => setAdding(false)} />}</Suspense>
    </>
  );
}

/** A person may be signed in and not see this. */
export function DeniedBoard({ says, todo }: { says: string; todo: string }) {
  return (
    <Card label="Registries">
      <EmptyState
        icon="lock"
        title="The registries are not shared with you"
        actions={
          <Link to="/diagnose" className={buttonClass({})}>
            Open Diagnose
          </Link>
        }
      >
        {says} {todo}
      </EmptyState>
    </Card>
  );
}
