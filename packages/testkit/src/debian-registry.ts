import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import { findProgram, startChild } from './child-process.ts';
import type { ListenAt, Listening } from './http-listener.ts';
import { type Unavailable, unavailable } from './unavailable.ts';

/** How Debian's registry lets callers in; certificate and keys are files, as the program reads them. */
export type DebianRegistryAuth =
  | { kind: 'open' }
  | { kind: 'htpasswd'; realm: string; users: Record<string, string> }
  | { kind: 'token'; realm: string; service: string; issuer: string; signerCertificateFile: string };

export interface DebianRegistryOptions extends ListenAt {
  /** Configuration goes here, and the images unless `storage` says otherwise. */
  folder: string;
  /** The folder with the images. Several registries may share one: what is pushed to one can be read from all. */
  storage?: string;
  tls?: { cert: string; key: string };
  auth?: DebianRegistryAuth;
}

export interface DebianRegistry extends Listening {
  ok: true;
  url: string;
  /** The program's own log. */
  lines: string[];
}

/** Starts Debian's docker-registry (distribution 2.8), or says why it cannot. Throws if it starts and then fails. */
export async function startDebianRegistry(
  options: DebianRegistryOptions,
): Promise<DebianRegistry | Unavailable> {
  const program = findProgram('docker-registry');
  if (!program) return unavailable('docker-registry is not installed: apt-get install docker-registry');
  const { address = '127.0.0.1', port = 0 } = options;
  await mkdir(options.folder, { recursive: true });
  const configFile = join(options.folder, 'config.json');
  await writeFile(configFile, JSON.stringify(await configuration(options, `${address}:${port}`)));

  const child = startChild([program, 'serve', configFile], {
    PATH: process.env.PATH,
    OTEL_TRACES_EXPORTER: 'none',
  });
  const listening = await child.lineWith(/listening on [\d.]+:(\d+)/, 10_000);
  if (!listening) {
    await child.stop();
    throw new Error(`docker-registry did not start: ${child.lines.at(-1) ?? 'it said nothing'}`);
  }
  const boundPort = Number(listening[1]);
  const host = boundPort === 443 ? address : `${address}:${boundPort}`;
  return {
    ok: true,
    address,
    port: boundPort,
    host,
    url: `${options.tls ? 'https' : 'http'}://${host}`,
    lines: child.lines,
    close: child.stop,
  };
}

// The program wants YAML, and JSON is YAML. https://distribution.github.io/distribution/about/configuration/
async function configuration(options: DebianRegistryOptions, listenOn: string) {
  return {
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: options.storage ?? join(options.folder, 'images') } },
    http: {
      addr: listenOn,
      ...(options.tls ? { tls: { certificate: options.tls.cert, key: options.tls.key } } : {}),
    },
    ...(await authConfiguration(options)),
  };
}

async function authConfiguration({ auth = { kind: 'open' }, folder }: DebianRegistryOptions) {
  switch (auth.kind) {
    case 'open':
      return {};
    case 'htpasswd': {
      const path = join(folder, 'htpasswd');
      const lines = await Promise.all(
        // bcrypt is the one hash that the program takes; the lowest cost, as each request pays for it
        Object.entries(auth.users).map(async ([user, password]) => `${user}:${await hash(password, 4)}\n`),
      );
      await writeFile(path, lines.join(''), { mode: 0o600 });
      return { auth: { htpasswd: { realm: auth.realm, path } } };
    }
    case 'token': {
      const { realm, service, issuer, signerCertificateFile: rootcertbundle } = auth;
      return { auth: { token: { realm, service, issuer, rootcertbundle } } };
    }
  }
}
