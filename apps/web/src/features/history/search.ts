/** What the address of the history may hold. Host is Docker's; whose configuration is looked at is `user`, of the shell. */
export const historyKeys = [
  'list',
  'from',
  'to',
  'host',
  'registry',
  'repository',
  'cause',
  'family',
  'outcome',
  'state',
  'fingerprint',
  'q',
  'group',
  'sort',
  'chart',
  'attempt',
] as const;

export type HistoryKey = (typeof historyKeys)[number];
/** As it stands in the address, known or not: what is not known is said on the page. */
export type HistorySearch = { [Key in HistoryKey]?: string };

/** The history's part of an address. `?q=403` and `?group=0` are read as numbers and are texts all the same. */
export function historySearch(search: Record<string, unknown>): HistorySearch {
  const found: HistorySearch = {};
  for (const key of historyKeys) {
    const value = search[key];
    if (typeof value === 'string' || typeof value === 'number') found[key] = String(value);
  }
  return found;
}
