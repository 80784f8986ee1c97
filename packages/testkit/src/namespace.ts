import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './child-process.ts';

/** Set inside a namespace of ours. */
export const insideVariable = 'PULL_DOCTOR_NAMESPACE';
/** Set where a command asked for a namespace and runs outside: the reason. */
export const outsideVariable = 'PULL_DOCTOR_NAMESPACE_UNAVAILABLE';

export function isInsideNamespace(): boolean {
  return process.env[insideVariable] !== undefined;
}

/** Why this machine cannot make a namespace; undefined: it can. */
export function whyNoNamespace(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  if (process.getuid?.() !== 0) return 'a network namespace needs root';
  if (!findProgram('unshare')) return 'unshare is not installed: apt-get install util-linux';
  if (!findProgram('ip')) return 'ip is not installed: apt-get install iproute2';
  const tried = spawnSync('unshare', [...kinds, 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? undefined : `this machine does not allow namespaces: ${tried.stderr.trim()}`;
}

// --pid and --kill-child: when the command ends, or we do, nothing that it started lives on
const kinds = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/*
 * 10.77.0.10 to .60 are ours, on the loopback device, and nothing else is reachable; 10.77.9.0/24 has no route.
 * Docker takes only 127.0.0.0/8 for insecure: on 10.77.0.x it checks certificates.
 *
 * /etc is replaced by a copy in memory, so that hosts, resolv.conf and docker/certs.d can be written like any file and
 * the machine's own stay as they are.
 */
const prepare = `
  set -e
  ip link set lo up
  for last in $(seq 10 60); do ip addr add "10.77.0.$last/32" dev lo; done
  ip route add unreachable 10.77.9.0/24
  mount -t tmpfs tmpfs "$0"
  cp -a /etc "$0/etc"
  mount --bind "$0/etc" /etc
  rm -rf /etc/resolv.conf /etc/hosts /etc/docker/certs.d /etc/docker/daemon.json
  printf '127.0.0.1 localhost\\n' > /etc/hosts
  printf 'nameserver 10.77.0.53\\noptions timeout:2 attempts:1\\n' > /etc/resolv.conf
  mkdir -p /etc/docker/certs.d
  set +e
  "$@"
`;

/**
 * Runs a command in its own network and mount namespace and resolves with its exit code.
 *
 * Its stdin, stdout and stderr are ours. Throws where no namespace can be made; ask `whyNoNamespace` first.
 */
export async function runInNamespace(command: readonly string[]): Promise<number> {
  const reason = whyNoNamespace();
  if (reason !== undefined) throw new Error(reason);
  const privateEtc = await mkdtemp(join(tmpdir(), 'pull-doctor-etc-'));
  try {
    const child = spawn('unshare', [...kinds, 'sh', '-c', prepare, privateEtc, ...command], {
      stdio: 'inherit',
      env: { ...process.env, [insideVariable]: '1' },
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void child.kill(signal));
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    await rm(privateEtc, { recursive: true, force: true });
  }
}
