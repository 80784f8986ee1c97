const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  amd64: 'amd64',
  aarch64: 'arm64',
  arm64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
  arm: 'arm',
  i386: '386',
  '386': '386',
  ppc64le: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
};

/**
 * A platform as it is typed after `--platform`, in the form `os/architecture[/variant]`; null where it is none, such as
 * `$BUILDPLATFORM`. An architecture alone is Linux's, and other tools' names are read as containerd reads them.
 */
export function readPlatform(text: string): string | null {
  const parts = text.trim().toLowerCase().split('/');
  const [first = '', second, variant] = parts;
  if (parts.length > 3 || parts.some((part) => !/^[a-z0-9_.-]{1,24}$/.test(part))) return null;
  const known = architectures[first];
  if (second === undefined) return known === undefined ? null : `linux/${known}`;
  const architecture = architectures[second] ?? second;
  if (!/^[a-z0-9]+$/.test(first) || !/^[a-z0-9_]+(?:\/v[0-9])?$/.test(architecture)) return null;
  if (variant === undefined) return `${first}/${architecture}`;
  return `${first}/${architecture.split('/')[0]}/${variant.replaceAll(/[^a-z0-9.]/g, '')}`;
}
