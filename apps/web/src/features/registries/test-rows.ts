import type { RegistryRow } from '@pull-doctor/contract/registries';

/** A row for tests: signed in to ghcr.io with a password of unknown end, unless told otherwise. */
export function rowWith(parts: Partial<RegistryRow> = {}): RegistryRow {
  return {
    host: 'ghcr.io',
    name: 'GHCR',
    provider: { id: 'ghcr', name: 'GitHub Container Registry', mark: 'GH' },
    user: 'deploy',
    status: 'ok',
    group: 'fine',
    since: '2026-11-24T10:00:00.000Z',
    why: 'The registry accepted the credential.',
    cause: null,
    login: 'accepted',
    credential: {
      place: 'auths',
      key: 'ghcr.io',
      kind: 'basic',
      user: 'acme-ci',
      helper: null,
      secretLength: 40,
      looksLike: 'classic token',
      expiry: { state: 'unknown', endsAt: null, issuedAt: null, source: 'A classic token does not tell.' },
      keptIn: 'config.json',
      path: '/home/deploy/.docker/config.json',
    },
    end: endWith(),
    rateLimit: null,
    countedAs: null,
    certificateEndsAt: null,
    failedPulls24h: 0,
    checkedAt: '2026-11-24T14:32:00.000Z',
    nextCheckAt: null,
    checking: false,
    checkMs: 312,
    addedByHand: false,
    sources: [],
    deadKeys: [],
    ...parts,
  };
}

export function endWith(parts: Partial<RegistryRow['end']> = {}): RegistryRow['end'] {
  return {
    state: 'unknown',
    endsAt: null,
    lifetimeSeconds: null,
    thresholdSeconds: null,
    says: 'A classic token does not tell its end.',
    from: 'none',
    readAt: null,
    renewedBy: null,
    ...parts,
  };
}
