import * as z from 'zod';

/** The families that charts and lists group causes by, bottom up. */
export const families = [
  'credentials',
  'access',
  'reference',
  'network',
  'registry',
  'host',
  'none',
] as const;
export type Family = (typeof families)[number];

/** The registry login statuses whose colour a verdict takes. */
export type StatusTint = 'expired' | 'invalid' | 'missing' | 'unreachable' | 'expiring' | 'unknown';

interface CauseFacts {
  family: Family;
  /** Two or three words for a badge. */
  badge: string;
  tint: StatusTint;
}

/**
 * Every root cause that Pull Doctor can name, in the order in which it strikes during a pull. The key is the
 * cause's code everywhere: the rule's folder, the page's address, the value in the API.
 */
export const causeFacts = {
  'invalid-reference': { family: 'reference', badge: 'Not an image name', tint: 'invalid' },
  'config-malformed': { family: 'host', badge: 'config.json broken', tint: 'invalid' },
  'helper-missing': { family: 'host', badge: 'Helper missing', tint: 'invalid' },
  'helper-failed': { family: 'host', badge: 'Helper failed', tint: 'invalid' },
  'dns-failure': { family: 'network', badge: 'Name not found', tint: 'unreachable' },
  'connection-failure': { family: 'network', badge: 'No connection', tint: 'unreachable' },
  'proxy-failure': { family: 'network', badge: 'Proxy refused', tint: 'unreachable' },
  'plain-http-registry': { family: 'registry', badge: 'Plain HTTP', tint: 'invalid' },
  'tls-untrusted': { family: 'network', badge: 'Not trusted', tint: 'unreachable' },
  'tls-invalid': { family: 'network', badge: 'Certificate invalid', tint: 'unreachable' },
  'clock-skew': { family: 'host', badge: 'Clock is off', tint: 'invalid' },
  'not-a-registry': { family: 'registry', badge: 'Not a registry', tint: 'invalid' },
  'registry-unavailable': { family: 'registry', badge: 'Registry down', tint: 'unreachable' },
  'rate-limited': { family: 'access', badge: 'Rate limited', tint: 'expiring' },
  'credentials-missing': { family: 'credentials', badge: 'No credential', tint: 'missing' },
  'credentials-expired': { family: 'credentials', badge: 'Token expired', tint: 'expired' },
  'credentials-invalid': { family: 'credentials', badge: 'Token refused', tint: 'invalid' },
  'access-denied': { family: 'access', badge: 'Access denied', tint: 'invalid' },
  'repository-not-found': { family: 'reference', badge: 'Not found', tint: 'invalid' },
  'tag-not-found': { family: 'reference', badge: 'Tag not found', tint: 'invalid' },
  'platform-mismatch': { family: 'reference', badge: 'Wrong platform', tint: 'invalid' },
  'unsupported-image': { family: 'registry', badge: 'Format not supported', tint: 'invalid' },
  'local-storage': { family: 'host', badge: 'Disk full', tint: 'invalid' },
  'daemon-unreachable': { family: 'host', badge: 'Daemon not reachable', tint: 'unreachable' },
  unknown: { family: 'none', badge: 'Cause unknown', tint: 'unknown' },
} as const satisfies Record<string, CauseFacts>;

export type Cause = keyof typeof causeFacts;
export const causes = Object.keys(causeFacts) as [Cause, ...Cause[]];
export const Cause = z.enum(causes).meta({ id: 'Cause', description: 'The code of a root cause.' });

/** The words for how sure a finding is, surest first. Each has a rule, none is a percentage. */
export const certainties = ['confirmed', 'very-likely', 'likely', 'guess'] as const;
export const Certainty = z.enum(certainties).meta({
  id: 'Certainty',
  description:
    'confirmed: the one who decides said it in a typed code, or Pull Doctor saw it itself. very-likely: two independent pieces of evidence, none against. likely: one piece, or a known phrase. guess: fits, nothing was checked.',
});
export type Certainty = (typeof certainties)[number];
