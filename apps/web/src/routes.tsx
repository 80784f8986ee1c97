import { stepNames } from '@pull-doctor/contract/steps';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router';
import { ErrorPage } from './ErrorPage.tsx';
import { Frame } from './Frame.tsx';
import { historySearch } from './features/history/search.ts';
import { safeNext } from './safe-next.ts';

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  // whose configuration is looked at is in every address of the shell, so that a link means the same for the next person
  validateSearch: ({ user }: { user?: unknown }): { user?: string } =>
    typeof user === 'string' || typeof user === 'number' ? { user: String(user) } : {},
  search: { middlewares: [retainSearchParams(['user'])] },
  component: Frame,
});

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./features/overview/OverviewPage.tsx'), 'OverviewPage'),
});

const diagnoseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/diagnose',
  component: lazyRouteComponent(() => import('./features/diagnose/DiagnosePage.tsx'), 'DiagnosePage'),
});

const diagnosisRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/diagnose/$id',
  // an unknown step is left out rather than refused
  validateSearch: ({ step }: { step?: unknown }) => {
    const known = stepNames.find((name) => name === step);
    return known ? { step: known } : {};
  },
  component: lazyRouteComponent(() => import('./features/diagnose/DiagnosisPage.tsx'), 'DiagnosisPage'),
});

const historyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/history',
  // what is not known in it is kept: the page says so
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('./features/history/HistoryPage.tsx'), 'HistoryPage'),
});

const registriesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/registries',
  validateSearch: ({ q }: { q?: unknown }): { q?: string } =>
    typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {},
  component: lazyRouteComponent(() => import('./features/registries/RegistriesPage.tsx'), 'RegistriesPage'),
});

const registryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/registries/$host',
  component: lazyRouteComponent(() => import('./features/registries/RegistryPage.tsx'), 'RegistryPage'),
});

const reference = () => import('./features/causes/reference.ts');

const causesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/causes',
  // `?q=403` is read as a number
  validateSearch: ({ q }: { q?: unknown }): { q?: string } =>
    typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {},
  component: lazyRouteComponent(reference, 'CausesPage'),
});

const causeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/causes/$code',
  loader: async ({ params }) => (await reference()).loadAsked(params.code),
  component: lazyRouteComponent(reference, 'CausePage'),
});

// in the shell, so that a mistyped address still has the navigation beside it
const missingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '$',
  component: lazyRouteComponent(() => import('./NotFoundPage.tsx'), 'NotFoundPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  validateSearch: ({
    next,
    problem,
  }: {
    next?: unknown;
    problem?: unknown;
  }): { next?: string; problem?: 'link' } => ({
    ...(safeNext(next) === '/' ? {} : { next: safeNext(next) }),
    ...(problem === 'link' ? { problem } : {}),
  }),
  component: lazyRouteComponent(() => import('./features/access/SignInPage.tsx'), 'SignInPage'),
});

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: rootRoute.addChildren([
      shellRoute.addChildren([
        overviewRoute,
        diagnoseRoute,
        diagnosisRoute,
        historyRoute,
        registriesRoute,
        registryRoute,
        causesRoute,
        causeRoute,
        missingRoute,
      ]),
      signInRoute,
    ]),
    context: { queryClient },
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
