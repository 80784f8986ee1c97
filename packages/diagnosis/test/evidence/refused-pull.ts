import type { UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type {
  ManifestAsk,
  ManifestEvidence,
  TokenAsk,
  TokenEvidence,
} from '@pull-doctor/contract/evidence/registry';
import { answered } from './exchange.ts';
import { healthyParts, noLogin, type PullOptions, storedLogin } from './healthy-pull.ts';
import { evidenceOf } from './make-evidence.ts';

export interface RefusedOptions extends PullOptions {
  /** What Docker's request for a token brought; a token by default. */
  token?: TokenAsk;
  /** What the test of the login alone brought: the status of its answer. */
  loginStatus?: number;
  loginMessage?: string;
  loginCode?: string;
  /** What the same request brought without a credential. */
  anonymous?: ManifestAsk;
  exists?: 'yes' | 'no' | 'unknown';
  used?: Partial<UsedCredential>;
}

/** A pull that the registry answered otherwise than with the manifest. */
export function pullThatGets(
  ask: ManifestAsk | null,
  options: RefusedOptions = {},
  parts: Partial<Evidence> = {},
): Evidence {
  const user = options.user ?? null;
  const host = options.host ?? 'registry.corp.example';
  const healthy = healthyParts(options);
  const { platform: _platform, ...rest } = healthy;
  const manifest: ManifestEvidence = {
    ...(healthy.manifest as ManifestEvidence),
    signedIn: user ? ask : null,
    anonymous: user ? (options.anonymous ?? null) : ask,
    repository: { exists: options.exists ?? 'unknown', why: existence[options.exists ?? 'unknown'] },
    body: null,
    bodyNotRead: 'There is none.',
  };
  const token: TokenEvidence = {
    ...(healthy.token as TokenEvidence),
    ...(options.token ? { [user ? 'signedIn' : 'anonymous']: options.token } : {}),
    ...(user && options.loginStatus ? { login: loginOf(options) } : {}),
  };
  const evidence = evidenceOf(options, {
    ...rest,
    credentials: user ? storedLogin(host, user, options.used) : noLogin(host),
    token,
    manifest,
    ...parts,
  });
  delete evidence.platform;
  return { ...evidence, notSeen: { platform: { code: 'needs-earlier-step', why: 'Needs the manifest' } } };
}

const existence = {
  yes: 'Its list of tags was read.',
  no: 'The list of tags is answered NAME_UNKNOWN.',
  unknown: 'The list of tags may not be read.',
};

function loginOf({ loginStatus = 200, loginMessage, loginCode }: RefusedOptions): TokenEvidence['login'] {
  const errors = loginMessage ? [{ code: loginCode ?? 'UNAUTHORIZED', message: loginMessage }] : [];
  return {
    outcome: loginStatus === 200 ? 'accepted' : loginStatus < 500 ? 'refused' : 'unknown',
    why: `It was answered ${loginStatus}.`,
    exchange: answered(loginStatus, { credential: 'basic', errors }),
    errors,
  };
}
