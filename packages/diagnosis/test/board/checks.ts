import type { CredentialsEvidence, UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { TokenEvidence } from '@pull-doctor/contract/evidence/registry';
import type { CheckEvidence, RegistryRow } from '@pull-doctor/contract/registries';
import type { LoginQuestion } from '../../src/board/judge-login.ts';
import { answered, now } from '../evidence/exchange.ts';
import { healthyParts, noLogin, storedLogin } from '../evidence/healthy-pull.ts';

export const host = 'registry.corp.example';

/** `now` plus seconds; of a check that was made just now. */
export const at = (seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();
const checkedAt = at(-10);

type Login = NonNullable<TokenEvidence['login']>;

/** The evidence of a check of `registry.corp.example`, where deploy's login is accepted unless told otherwise. */
export function checkThat(
  parts: Partial<CheckEvidence> & { login?: Partial<Login> | null } = {},
): CheckEvidence {
  const { login, ...rest } = parts;
  const registry = rest.registry ?? host;
  const { dns, tcp, proxy, tls, ping, challenge, token } = healthyParts({ host: registry, user: 'deploy' });
  const accepted = token?.login;
  if (!dns || !tcp || !proxy || !tls || !ping || !challenge || !token || !accepted)
    throw new Error('A healthy pull has all its parts.');
  return {
    version: 1,
    now: checkedAt,
    registry,
    credentials: storedLogin(registry, 'deploy'),
    ...{ dns, tcp, proxy, tls, ping, challenge },
    token: {
      ...token,
      signedIn: null,
      anonymous: null,
      login: login === null ? null : { ...accepted, ...login },
    },
    ...rest,
  };
}

/** The login was answered with this. */
export function loginAnswered(status: number, message?: string): Partial<Login> {
  const errors = message === undefined ? [] : [{ code: 'UNAUTHORIZED', message }];
  return {
    outcome: status === 200 ? 'accepted' : status === 401 || status === 403 ? 'refused' : 'unknown',
    why: `The credential by itself is answered with ${status}.`,
    exchange: answered(status, { credential: 'basic', errors }),
    errors,
  };
}

export function credentialThat(used: Partial<UsedCredential>, registry = host): CredentialsEvidence {
  return storedLogin(registry, 'deploy', used);
}

export function endingIn(seconds: number, lifetimeSeconds: number | null = null): Partial<UsedCredential> {
  return {
    looksLike: 'ECR password',
    expiry: {
      state: 'ends',
      endsAt: at(seconds),
      issuedAt: lifetimeSeconds === null ? null : at(seconds - lifetimeSeconds),
      source: 'exp of the token',
    },
  };
}

export const nobody = (registry = host): CredentialsEvidence => noLogin(registry);

/** The question ten seconds after a check, with what is stored unchanged. */
export function asked(evidence: CheckEvidence | null, parts: Partial<LoginQuestion> = {}): LoginQuestion {
  return {
    evidence,
    credentials: evidence?.credentials ?? null,
    now: new Date(now),
    enteredEnd: null,
    checks: { everySeconds: 300, lastAt: evidence?.now ?? null },
    ...parts,
  };
}

/** A row of the board: signed in, with no end that is known, unless told otherwise. */
export function rowThat(parts: Partial<RegistryRow> = {}): RegistryRow {
  return {
    host,
    name: parts.host ?? host,
    provider: { id: 'generic', name: 'a registry', mark: 'RE' },
    user: 'deploy',
    status: 'ok',
    group: 'fine',
    since: checkedAt,
    why: 'It accepts the login of deploy from config.json.',
    cause: null,
    login: 'accepted',
    credential: null,
    end: {
      state: 'unknown',
      endsAt: null,
      lifetimeSeconds: null,
      thresholdSeconds: null,
      says: 'A password does not say when it ends.',
      from: 'none',
      readAt: null,
      renewedBy: null,
    },
    rateLimit: null,
    countedAs: null,
    certificateEndsAt: null,
    failedPulls24h: 0,
    checkedAt,
    nextCheckAt: null,
    checking: false,
    checkMs: 12,
    addedByHand: false,
    sources: [],
    deadKeys: [],
    ...parts,
  };
}
