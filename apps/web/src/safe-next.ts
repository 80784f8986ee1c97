/** Where to go after signing in: a page of ours, or the overview. Never another site, whatever the address says. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string') return '/';
  // "//host", "/\host" and "https:host" are other sites to a browser
  const url = URL.parse(next, 'https://here.invalid');
  if (!next.startsWith('/') || url?.origin !== 'https://here.invalid') return '/';
  return url.pathname === '/signin' ? '/' : `${url.pathname}${url.search}${url.hash}`;
}
