import { useLoaderData } from '@tanstack/react-router';
import { CauseArticle } from './CauseArticle.tsx';
import { NoCausePage } from './NoCausePage.tsx';

/** One page of the reference, or the nearest ones where the address names no cause. */
export function CausePage() {
  const asked = useLoaderData({ from: '/shell/causes/$code' });
  return 'page' in asked ? (
    <CauseArticle key={asked.page.cause} page={asked.page} />
  ) : (
    <NoCausePage code={asked.code} nearest={asked.nearest} />
  );
}
