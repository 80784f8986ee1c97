import type { RegistryRow } from '@pull-doctor/contract/registries';
import { providerById, providerOf } from '../providers/providers.ts';

/**
 * How a list calls a registry, and who runs it.
 *
 * @param host as in image names, with its port
 * @param providerId as a challenge told it; what the host name tells goes first
 */
export function nameOf(host: string, providerId?: string): Pick<RegistryRow, 'name' | 'provider'> {
  const byHost = providerOf(host);
  const provider = byHost.id === 'generic' ? providerById(providerId) : byHost;
  const letters = host.replace(/[^a-z0-9]/gi, '').slice(0, 2);
  return {
    name: provider.shortName(host),
    provider: { id: provider.id, name: provider.name, mark: provider.mark ?? letters.toUpperCase() },
  };
}
