import { Link } from '@tanstack/react-router';
import { buttonClass } from './ui/Button.tsx';
import { Card } from './ui/Card.tsx';
import { EmptyState } from './ui/EmptyState.tsx';
import { useTitle } from './useTitle.ts';

export function NotFoundPage() {
  useTitle('There is no page here');
  return (
    <Card label="Not found">
      <EmptyState
        icon="search"
        heading="h1"
        title="There is no page here"
        actions={
          <>
            <Link to="/diagnose" className={buttonClass({ kind: 'primary' })}>
              Diagnose an image
            </Link>
            <Link to="/" className={buttonClass({})}>
              Overview
            </Link>
            <Link to="/history" className={buttonClass({})}>
              Pull history
            </Link>
          </>
        }
      >
        The address is mistyped, or the page was never made. These are the likely ones.
      </EmptyState>
    </Card>
  );
}
