import { loadCausePage } from 'virtual:cause-pages';
import { type Cause, causes } from '@pull-doctor/contract/causes';
import type { CausePage } from './cause-page.ts';
import { loadIndex } from './load-index.ts';

/** What an address under /causes shows: a cause's page, or the causes whose codes are nearest to what was asked for. */
export type Asked = { page: CausePage } | { code: string; nearest: Cause[] };

export async function loadAsked(code: string): Promise<Asked> {
  const cause = causes.find((known) => known === code);
  if (cause) return { page: (await loadCausePage[cause]()).page };
  return { code, nearest: (await loadIndex()).nearest(code) };
}
