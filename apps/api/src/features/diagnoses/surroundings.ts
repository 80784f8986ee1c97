import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import type { ImageReference, Platform } from '@pull-doctor/contract/image-reference';
import { registryEndpoint } from '@pull-doctor/diagnosis/reference/registry-endpoint';
import { type ClientConfig, readClientConfig } from '@pull-doctor/docker-config/client-config';
import { type DaemonConfig, readDaemonConfig } from '@pull-doctor/docker-config/daemon-config';
import { findDaemon } from '@pull-doctor/docker-config/docker-host';
import { isInsecure } from '@pull-doctor/docker-config/insecure';
import { loadTrust } from '@pull-doctor/registry/reach/trust';
import type { ProxySettings, TrustSettings } from '@pull-doctor/registry/settings';
import { type DaemonLook, type DockerDaemon, dockerDaemon } from '../../daemon/docker-daemon.ts';
import type { Edges } from '../../edges.ts';
import { daemonProxies, environmentProxies, sameProxies } from './proxies.ts';

/** What stands around one pull on this host, read anew for each diagnosis. */
export interface Surroundings {
  env: Record<string, string | undefined>;
  client: ClientConfig;
  daemon: DockerDaemon;
  look: DaemonLook;
  daemonConfig: DaemonConfig;
  proxies: ProxySettings;
  ownProxies: ProxySettings | null;
  trust: TrustSettings;
  notes: string[];
}

export async function readSurroundings(
  edges: Edges,
  daemons: DaemonPool,
  signal: AbortSignal,
): Promise<Surroundings> {
  const env = edges.environment();
  const client = await readClientConfig({ env, homedir: edges.homeFolder });
  const daemon = daemons.at(await findDaemon({ env, homedir: edges.homeFolder, config: client }));
  const [look, daemonConfig] = await Promise.all([
    daemon.look(signal),
    readDaemonConfig(path.join(edges.config.dockerEtc, 'daemon.json')),
  ]);
  const own = environmentProxies(env);
  const proxies = daemonProxies(look, daemonConfig, own);
  return {
    env,
    client,
    daemon,
    look,
    daemonConfig,
    proxies,
    ownProxies: sameProxies(own, proxies) ? null : own,
    trust: {
      certsDirs: certsDirs(edges, env, look),
      certFile: env.SSL_CERT_FILE ?? null,
      certDir: env.SSL_CERT_DIR ?? null,
      store: look.reached ? look.info.store : 'graph-driver',
    },
    notes: vantageNotes(edges, look),
  };
}

/** Reads the trusted authorities once beforehand: the first use of a bundle takes some 60 ms, later ones none. */
export async function warmTrust(edges: Edges, daemons: DaemonPool): Promise<void> {
  const { trust } = await readSurroundings(edges, daemons, AbortSignal.timeout(5000));
  await loadTrust(trust, '');
}

/** Clients are kept per address, so that connections to the socket are used again. */
export interface DaemonPool {
  at(found: Awaited<ReturnType<typeof findDaemon>>): DockerDaemon;
}

export function daemonPool(now: () => Date): DaemonPool {
  const open = new Map<string, DockerDaemon>();
  return {
    at(found) {
      const known = open.get(found.address);
      if (known) return known;
      const daemon = dockerDaemon(found, now);
      open.set(found.address, daemon);
      return daemon;
    },
  };
}

/** Where Docker goes for this image, and whether the daemon checks certificates there. */
export async function endpointOf(
  reference: ImageReference,
  { look, daemonConfig }: Surroundings,
  signal: AbortSignal,
) {
  const endpoint = registryEndpoint(reference.registry);
  const ranges = look.reached ? look.info.insecureRegistries : daemonConfig.insecureRegistries;
  const { insecure, why } = isInsecure({
    registry: reference.registry,
    addresses: await addressesOf(endpoint.host, signal),
    insecureRegistries: ranges,
  });
  return {
    host: endpoint.host,
    port: endpoint.port,
    portGiven: endpoint.portGiven,
    insecure,
    insecureWhy: why,
  };
}

// The daemon resolves the name to compare it with address ranges; a name that is slow to resolve is the DNS step's to tell.
const lookupMsMax = 1000;

async function addressesOf(host: string, signal: AbortSignal): Promise<string[]> {
  if (isIP(host)) return [host];
  const found = lookup(host, { all: true }).then(
    (entries) => entries.map(({ address }) => address),
    // A name that is not found is in no range.
    () => [],
  );
  const late = new Promise<string[]>((resolve) => {
    const timer = setTimeout(resolve, lookupMsMax, []);
    timer.unref();
    signal.addEventListener('abort', () => resolve([]), { once: true });
  });
  return Promise.race([found, late]);
}

function certsDirs({ config, homeFolder }: Edges, env: Surroundings['env'], look: DaemonLook): string[] {
  const system = path.join(config.dockerEtc, 'certs.d');
  if (!look.reached || look.info.variant !== 'rootless') return [system];
  return [path.join(env.XDG_CONFIG_HOME ?? path.join(homeFolder, '.config'), 'docker/certs.d')];
}

function vantageNotes({ config }: Edges, look: DaemonLook): string[] {
  const notes: string[] = [];
  if (config.inContainer)
    notes.push(
      'Pull Doctor runs in a container: its name servers, routes and trusted certificates may differ from the daemon’s, and helper programs of the host cannot be run here.',
    );
  if (look.reached && look.info.variant === 'desktop')
    notes.push(
      'Docker Desktop pulls from inside its virtual machine: its network and proxy may differ from this one.',
    );
  return notes;
}

/** What the daemon would run, or else what this machine is. */
export function platformHere(look: DaemonLook): { platform: Platform; from: 'daemon' | 'machine' } {
  if (look.reached && look.info.architecture)
    return {
      platform: { os: look.info.os, architecture: look.info.architecture, variant: null },
      from: 'daemon',
    };
  const names: Record<string, string> = { x64: 'amd64', ia32: '386' };
  return {
    platform: { os: 'linux', architecture: names[process.arch] ?? process.arch, variant: null },
    from: 'machine',
  };
}
