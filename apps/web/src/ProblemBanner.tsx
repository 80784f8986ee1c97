import type { ReactNode } from 'react';
import { ApiError } from './api.ts';
import { Banner } from './ui/Banner.tsx';

/** A request that failed: what happened, why, and what to do. */
export function ProblemBanner({ error, title, action }: { error: Error; title: string; action?: ReactNode }) {
  return (
    <div role="alert">
      <Banner tone="invalid" icon="invalid" title={title} action={action}>
        {error.message} {error instanceof ApiError && error.todo}
      </Banner>
    </div>
  );
}
