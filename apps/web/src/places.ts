import type { IconId } from './ui/Icon.tsx';

/** The places of the navigation: only those that exist. */
export const places = [
  { to: '/', icon: 'overview', name: 'Overview', shortName: 'Overview' },
  { to: '/diagnose', icon: 'diagnose', name: 'Diagnose', shortName: 'Diagnose' },
  { to: '/history', icon: 'history', name: 'Pull history', shortName: 'History' },
  { to: '/registries', icon: 'registry', name: 'Registries', shortName: 'Registries' },
] as const satisfies readonly { to: string; icon: IconId; name: string; shortName: string }[];

/** The place in the lower part of the navigation: what is looked up rather than watched. */
export const reference = { to: '/causes', icon: 'book', name: 'Causes and fixes' } as const;
