import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { ClientConfig, Environment } from './client-config.ts';
import { readFileWithin } from './file-text.ts';

export interface ClientCertificates {
  ca?: string;
  cert?: string;
  key?: string;
}

/** How a daemon is reached; `unsupported` is a sentence that says why it is not from here. */
export type DaemonTarget =
  | { socketPath: string }
  | { host: string; port: number; tls: ClientCertificates | null }
  | { unsupported: string };

export interface FoundDaemon {
  /** For people; without a login. */
  address: string;
  /** What named it: `DOCKER_HOST`, `DOCKER_CONTEXT`, `currentContext`, `the default`, … */
  from: string;
  target: DaemonTarget;
}

const defaultSocket =
  process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
const metaBytesMax = 1024 * 1024;
const pemBytesMax = 1024 * 1024;

/**
 * Which daemon docker would talk to: DOCKER_HOST, then DOCKER_CONTEXT, then `currentContext`, then the default socket
 * (docker/cli, cli/command/cli.go). Where the default socket is not there and a rootless daemon's is, that one is taken,
 * and `from` says so: docker itself needs a context for it.
 */
export async function findDaemon({
  env,
  homedir,
  config,
}: {
  env: Environment;
  homedir: string;
  config: ClientConfig;
}): Promise<FoundDaemon> {
  if (env.DOCKER_HOST)
    return daemonAt(env.DOCKER_HOST.trim(), 'DOCKER_HOST', await certificatesOf(env, config));
  const [context, from] = env.DOCKER_CONTEXT
    ? [env.DOCKER_CONTEXT, 'DOCKER_CONTEXT']
    : [config.currentContext, 'currentContext'];
  if (context && context !== 'default') return daemonOfContext(context, from, config);
  const rootless = await rootlessSocket(env, homedir);
  if (rootless)
    return daemonAt(
      `unix://${rootless}`,
      'the socket of a rootless daemon, since there is none at the default place',
      null,
    );
  return daemonAt(defaultSocket, 'the default', await certificatesOf(env, config));
}

/** Takes apart what stands in DOCKER_HOST or a context. Ports default to 2375, with certificates to 2376. */
export function daemonAt(text: string, from: string, tls: ClientCertificates | null): FoundDaemon {
  const [, scheme = 'tcp', rest = text] = /^([a-z]+):\/\/(.*)$/is.exec(text) ?? [];
  const unsupported = (address: string, why: string): FoundDaemon => ({
    address,
    from,
    target: { unsupported: why },
  });
  switch (scheme.toLowerCase()) {
    case 'unix':
      return { address: `unix://${rest}`, from, target: { socketPath: rest } };
    case 'npipe':
      return { address: `npipe://${rest}`, from, target: { socketPath: rest.replaceAll('/', '\\') } };
    case 'ssh':
      return unsupported(
        `ssh://${withoutLogin(rest)}`,
        'Pull Doctor does not reach a daemon over SSH. Run it on that host, or forward the socket and set DOCKER_HOST.',
      );
    case 'tcp':
    case 'http':
    case 'https': {
      const bare = withoutLogin(rest).replace(/\/.*$/s, '');
      const [, name, digits] = /^(\[[^\]]+\]|[^:]*)(?::([0-9]{1,5}))?$/.exec(bare) ?? [];
      const port = digits === undefined ? (tls ? 2376 : 2375) : Number(digits);
      if (name === undefined || port > 65535)
        return unsupported(`${scheme}://${bare}`, 'The address of the daemon is no host and port.');
      const host = (name || '127.0.0.1').replace(/^\[|\]$/g, '');
      return { address: `tcp://${name || '127.0.0.1'}:${port}`, from, target: { host, port, tls } };
    }
    default:
      return unsupported(
        `${scheme}://${withoutLogin(rest)}`,
        `Docker knows no address of the kind "${scheme.slice(0, 20)}".`,
      );
  }
}

const Meta = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string().max(4096).optional() }).optional() }).optional(),
});

/** Contexts are stored under the SHA-256 of their name (docker/cli, cli/context/store). */
async function daemonOfContext(name: string, source: string, config: ClientConfig): Promise<FoundDaemon> {
  const from = `${source}, context ${name}`;
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = path.join(config.folder, 'contexts');
  const file = path.join(contexts, 'meta', id, 'meta.json');
  const broken = (why: string): FoundDaemon => ({
    address: `context ${name}`,
    from,
    target: { unsupported: why },
  });
  const read = await readFileWithin(file, metaBytesMax);
  if (read.outcome === 'absent') return broken(`There is no context ${name}: ${file} does not exist.`);
  if (read.outcome !== 'read') return broken(`The context ${name} cannot be read from ${file}.`);
  const meta = readMeta(read.text);
  if (!meta) return broken(`The context ${name} is broken: ${file} is no context.`);
  const tls = await certificatesIn(path.join(contexts, 'tls', id, 'docker'));
  return daemonAt(meta.Endpoints?.docker?.Host || defaultSocket, from, tls);
}

function readMeta(text: string): z.infer<typeof Meta> | null {
  try {
    return Meta.parse(JSON.parse(text));
  } catch (error) {
    // no JSON, or another shape: a broken context either way, and the caller names the file
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** DOCKER_TLS_VERIFY or DOCKER_TLS turn TLS on; DOCKER_CERT_PATH, or the folder of config.json, has the files. */
async function certificatesOf(env: Environment, config: ClientConfig): Promise<ClientCertificates | null> {
  if (!env.DOCKER_TLS_VERIFY && !env.DOCKER_TLS) return null;
  return (await certificatesIn(env.DOCKER_CERT_PATH || config.folder)) ?? {};
}

async function certificatesIn(folder: string): Promise<ClientCertificates | null> {
  const files = await Promise.all(
    (['ca', 'cert', 'key'] as const).map(async (name) => {
      const read = await readFileWithin(path.join(folder, `${name}.pem`), pemBytesMax);
      return read.outcome === 'read' ? [[name, read.text] as const] : [];
    }),
  );
  const found = files.flat();
  return found.length === 0 ? null : Object.fromEntries(found);
}

async function rootlessSocket(env: Environment, homedir: string): Promise<string | null> {
  if (process.platform === 'win32' || (await isSocket('/var/run/docker.sock'))) return null;
  const candidates = [
    ...(env.XDG_RUNTIME_DIR ? [path.join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
    path.join(homedir, '.docker', 'run', 'docker.sock'),
  ];
  for (const candidate of candidates) if (await isSocket(candidate)) return candidate;
  return null;
}

function isSocket(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isSocket(),
    () => false,
  );
}

function withoutLogin(rest: string): string {
  return rest.replace(/^[^/]*@/, '');
}
