import './ui/tokens.css';
import './ui/fonts.css';
import './ui/base.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api.ts';
import { retry } from './queries.ts';
import { makeRouter } from './routes.tsx';
import { isOpenPage, setSignedIn } from './signed-in.ts';

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, refetchOnWindowFocus: false } },
  queryCache: new QueryCache({ onError: goToSignIn, onSuccess: () => setSignedIn(true) }),
  mutationCache: new MutationCache({ onError: goToSignIn }),
});
const router = makeRouter(queryClient);

/** A session that ended or never was leads to the sign-in page, and from there back. */
function goToSignIn(error: Error): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  const { pathname, href } = router.state.location;
  setSignedIn(false);
  if (pathname === '/signin') return;
  // what is open to everybody stays where it is, in the frame that asks nothing
  if (isOpenPage(pathname)) {
    queryClient.clear();
    return;
  }
  void router
    .navigate({ to: '/signin', search: { next: href }, replace: true })
    .then(() => queryClient.clear());
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
