import type { DaemonInfo } from '@pull-doctor/contract/evidence/daemon';
import { redactText } from '@pull-doctor/contract/redact';
import * as z from 'zod';

/** The fields of `GET /info` that are used; tolerant, since old and other engines leave some out. */
const Info = z.object({
  Name: z.string().catch(''),
  ServerVersion: z.string().catch(''),
  OSType: z.string().catch('linux'),
  Architecture: z.string().catch(''),
  OperatingSystem: z.string().catch(''),
  DockerRootDir: z.string().catch(''),
  SystemTime: z.string().catch(''),
  HttpProxy: z.string().catch(''),
  HttpsProxy: z.string().catch(''),
  NoProxy: z.string().catch(''),
  SecurityOptions: z.array(z.string()).nullish().catch(null),
  DriverStatus: z
    .array(z.tuple([z.string(), z.string()]))
    .nullish()
    .catch(null),
  Warnings: z.array(z.string()).nullish().catch(null),
  RegistryConfig: z
    .object({
      Mirrors: z.array(z.string()).nullish().catch(null),
      InsecureRegistryCIDRs: z.array(z.string()).nullish().catch(null),
      IndexConfigs: z
        .record(z.string(), z.object({ Secure: z.boolean().catch(true), Official: z.boolean().catch(false) }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

// uname -m, as the daemon reports it, and what images call it (https://go.dev/doc/install/source#environment).
const architectures: Record<string, string> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armv6l: 'arm',
  i686: '386',
  i386: '386',
};

/**
 * What matters for pulls in the daemon's answer to `GET /info`.
 *
 * @param answeredAt When the answer came, by our clock: compared with the daemon's own time.
 */
export function readInfo(
  answer: unknown,
  version: { ApiVersion: string; Version?: string },
  answeredAt: Date,
): DaemonInfo {
  const info = Info.parse(answer);
  const insecureNames = Object.entries(info.RegistryConfig?.IndexConfigs ?? {})
    .filter(([, index]) => !index.Secure && !index.Official)
    .map(([name]) => name);
  const systemTime = Date.parse(info.SystemTime);
  return {
    name: info.Name,
    version: info.ServerVersion || (version.Version ?? ''),
    apiVersion: version.ApiVersion,
    os: info.OSType,
    architecture: architectures[info.Architecture] ?? info.Architecture,
    store: info.DriverStatus?.some(
      ([key, value]) => key === 'driver-type' && value.startsWith('io.containerd.snapshotter'),
    )
      ? 'containerd'
      : 'graph-driver',
    mirrors: (info.RegistryConfig?.Mirrors ?? []).map((mirror) => redactText(mirror).text),
    insecureRegistries: [...(info.RegistryConfig?.InsecureRegistryCIDRs ?? []), ...insecureNames],
    httpProxy: info.HttpProxy || null,
    httpsProxy: info.HttpsProxy || null,
    noProxy: info.NoProxy || null,
    rootDir: info.DockerRootDir,
    variant: variantOf(info),
    warnings: (info.Warnings ?? []).slice(0, 20),
    clockOffsetSeconds: Number.isNaN(systemTime)
      ? null
      : Math.round((systemTime - answeredAt.getTime()) / 1000),
  };
}

function variantOf(info: z.output<typeof Info>): DaemonInfo['variant'] {
  if (info.OperatingSystem.startsWith('Docker Desktop')) return 'desktop';
  if (info.DockerRootDir.startsWith('/var/snap/')) return 'snap';
  if (info.SecurityOptions?.some((option) => option.startsWith('name=rootless'))) return 'rootless';
  return 'engine';
}
