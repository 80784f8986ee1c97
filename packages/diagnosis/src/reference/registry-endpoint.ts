import { dockerHub } from './grammar.ts';

/** Where a registry's API is asked. */
export interface RegistryEndpoint {
  /** A name, an IPv4 address, or an IPv6 address without its brackets: ready to resolve or connect to. */
  host: string;
  port: number;
  /** Without a given port Docker tries 443, and for insecure registries 80 after it. */
  portGiven: boolean;
}

// "docker.io" is the name of Docker Hub in references; its web server is no registry.
const dockerHubApi = 'registry-1.docker.io';

/** The host and port behind the registry part of a parsed reference (`ghcr.io`, `[::1]:5000`, `docker.io`). */
export function registryEndpoint(registry: string): RegistryEndpoint {
  if (registry === dockerHub) return { host: dockerHubApi, port: 443, portGiven: false };
  const [, name = registry, digits] = /^(\[[^\]]*\]|[^:]*)(?::([0-9]+))?$/.exec(registry) ?? [];
  const host = name.startsWith('[') ? name.slice(1, -1) : name;
  return { host, port: digits === undefined ? 443 : Number(digits), portGiven: digits !== undefined };
}
