/** The columns of the attempts; time, result and image are always there. */
export const columnNames = {
  registry: 'Registry',
  host: 'Host',
  platform: 'Platform',
  digest: 'Digest',
  door: 'Heard from',
  client: 'Client',
  user: 'User',
  took: 'Took',
} as const;

export type Column = keyof typeof columnNames;
export const allColumns = Object.keys(columnNames) as Column[];
const usual: Column[] = ['client', 'user', 'took'];
const key = 'history-columns';

/** The chosen columns, in the order of the table. The choice stays in this browser. */
export function readColumns(): Column[] {
  const stored = localStorage.getItem(key);
  if (stored === null) return usual;
  const chosen = stored.split(',');
  return allColumns.filter((column) => chosen.includes(column));
}

export function keepColumns(columns: readonly Column[]): void {
  localStorage.setItem(key, columns.join(','));
}
