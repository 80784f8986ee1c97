import type { Platform } from '@pull-doctor/contract/image-reference';

/**
 * The first of what an index offers that fits best, as containerd chooses for a daemon (platforms.Only): the platform
 * itself, then what its processor runs as well. The order among equals is the index's; `os.version` is left to the
 * daemon, which alone knows its Windows build.
 */
export function choosePlatform<Offered extends { platform: Platform }>(
  wanted: Platform,
  offered: readonly Offered[],
): Offered | null {
  for (const accepted of acceptable(wanted)) {
    const found = offered.find(({ platform }) => isSame(accepted, normalize(platform)));
    if (found) return found;
  }
  return null;
}

/** Whether an image for this platform runs where the wanted one does. */
export function fitsPlatform(wanted: Platform, actual: Platform): boolean {
  return choosePlatform(wanted, [{ platform: actual }]) !== null;
}

/** What is taken, best first (containerd/platforms, platformVector). */
function acceptable(wanted: Platform): Platform[] {
  const exact = normalize(wanted);
  const number = Number(/^v(\d)$/.exec(exact.variant ?? '')?.[1] ?? Number.NaN);
  switch (exact.architecture) {
    case 'amd64':
      // v1 is written without a variant.
      return [
        ...downFrom(Number.isNaN(number) ? 1 : number, 1).map((level) => ({
          ...exact,
          variant: level === 1 ? null : `v${level}`,
        })),
        { ...exact, architecture: '386', variant: null },
      ];
    case 'arm':
      return downFrom(Number.isNaN(number) ? 7 : number, 5).map((level) => ({
        ...exact,
        variant: `v${level}`,
      }));
    case 'arm64':
      // Every arm64 image that says no more is v8, and a 64-bit processor mostly runs 32-bit arm as well.
      return [exact, ...(exact.variant === null ? [] : [{ ...exact, variant: null }]), ...arm32(exact)];
    default:
      return [exact];
  }
}

function arm32(exact: Platform): Platform[] {
  return downFrom(8, 5).map((level) => ({ ...exact, architecture: 'arm', variant: `v${level}` }));
}

function downFrom(high: number, low: number): number[] {
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, step) => high - step);
}

function isSame(one: Platform, other: Platform): boolean {
  return one.os === other.os && one.architecture === other.architecture && one.variant === other.variant;
}

/** Other names of the same (containerd/platforms, normalizeOS and normalizeArch). */
function normalize({ os, architecture, variant }: Platform): Platform {
  const name = architecture.toLowerCase();
  const system = os.toLowerCase() === 'macos' ? 'darwin' : os.toLowerCase();
  switch (name) {
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { os: system, architecture: 'amd64', variant: variant === 'v1' ? null : variant };
    case 'i386':
    case 'i486':
    case 'i686':
      return { os: system, architecture: '386', variant: null };
    case 'aarch64':
    case 'arm64':
      return {
        os: system,
        architecture: 'arm64',
        variant: variant === '8' || variant === 'v8' ? null : variant,
      };
    case 'armhf':
      return { os: system, architecture: 'arm', variant: 'v7' };
    case 'armel':
      return { os: system, architecture: 'arm', variant: 'v6' };
    case 'arm':
      return {
        os: system,
        architecture: 'arm',
        variant: /^\d$/.test(variant ?? '') ? `v${variant}` : (variant ?? 'v7'),
      };
    default:
      return { os: system, architecture: name, variant };
  }
}
