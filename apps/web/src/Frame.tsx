import { useRouterState } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Layout } from './Layout.tsx';
import { isOpenPage, useIsSignedIn } from './signed-in.ts';
import { ThemeButton } from './ThemeButton.tsx';

const OpenLayout = lazy(async () => ({
  default: (await import('./features/causes/reference.ts')).OpenLayout,
}));

/** What stands around a page: the shell, or for somebody without a session a plain frame where the page is open. */
export function Frame() {
  const isSignedIn = useIsSignedIn();
  // the page that is drawn, and not the address that is on its way
  const isOpen = useRouterState({ select: ({ matches }) => isOpenPage(matches.at(-1)?.pathname ?? '') });
  if (isSignedIn || !isOpen) return <Layout />;
  return (
    <Suspense>
      <OpenLayout theme={<ThemeButton />} />
    </Suspense>
  );
}
