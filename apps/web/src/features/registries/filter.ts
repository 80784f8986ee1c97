import type { RegistryRow } from '@pull-doctor/contract/registries';
import { loginOutcomes } from '../../login-outcome.ts';

/** Whether every word of a filter is somewhere in what the row shows. */
export function matches(
  {
    host,
    name,
    provider,
    credential,
    status,
  }: Pick<RegistryRow, 'host' | 'name' | 'provider' | 'credential' | 'status'>,
  filter: string,
): boolean {
  const shown = [host, name, provider.name, credential?.user, credential?.keptIn, loginOutcomes[status].word]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word));
}
