import type { IconId } from './ui/Icon.tsx';

/** The places of the navigation: only those that exist. */
export const places = [
  { to: '/', icon: 'overview', name: 'Overview', shortName: 'Overview' },
  { to: '/diagnose', icon: 'diagnose', name: 'Diagnose', shortName: 'Diagnose' },
  { to: '/history', icon: 'history', name: 'Pull history', shortName: 'History' },
] as const satisfies readonly { to: string; icon: IconId; name: string; shortName: string }[];
