import type { Credential } from '@pull-doctor/contract/credential';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';
import { findCredential } from '@pull-doctor/docker-config/find-credential';
import { checkLogin } from '@pull-doctor/registry/check/check-login';
import { type Accepted, askIssuerEnd, hasIssuer } from '@pull-doctor/registry/issuer/ask-issuer-end';
import type { Edges } from '../../edges.ts';
import type { endpointOf, Surroundings } from '../diagnoses/surroundings.ts';
import type { WatchedUser } from './config-users.ts';
import { printOf } from './credential-print.ts';
import { type IssuerEnds, issuerEnds } from './issuer-ends.ts';
import type { Pacer } from './pacer.ts';
import type { FoundLogin, Row } from './rows.ts';

export interface CheckParts {
  edges: Pick<Edges, 'config' | 'now'>;
  endpointOf: typeof endpointOf;
  pacer: Pacer;
  /** What issuers told before; that of this process unless told. */
  issuerEnds?: IssuerEnds;
}

// The key of an entry holds the print of a credential, which is of this process alone.
const issuerEndsOfProcess = issuerEnds();

export interface Checked {
  evidence: CheckEvidence;
  login: FoundLogin;
}

/** Which credential docker would send to this registry as this user, read now. Runs the helper. */
export async function findLogin(
  host: string,
  { client, env }: WatchedUser,
  { config, now }: CheckParts['edges'],
  signal: AbortSignal,
): Promise<{ login: FoundLogin; credential: Credential | null }> {
  const { evidence, credential } = await findCredential({
    config: client,
    registry: host,
    env,
    signal,
    now: now(),
    elsewhere: config.inContainer,
  });
  return { login: { evidence, print: printOf(evidence, credential) }, credential };
}

/**
 * Asks one registry how its login stands. No manifest is asked for, so it costs nobody a pull.
 *
 * @param signal the deadline of this check, and the end of the server
 */
export async function checkRegistry(
  { host }: Pick<Row, 'host'>,
  user: WatchedUser,
  around: Surroundings,
  parts: CheckParts,
  signal: AbortSignal,
): Promise<Checked> {
  const { edges, endpointOf, pacer } = parts;
  const now = edges.now();
  const [{ login, credential }, endpoint] = await Promise.all([
    findLogin(host, user, edges, signal),
    endpointOf(registryOnly(host), around, signal),
  ]);
  const shared = {
    proxies: around.proxies,
    trust: around.trust,
    signal,
    pace: (url: URL, until: AbortSignal) => pacer.turn(url.host, until),
    now: edges.now,
  };
  const seen = await checkLogin({
    ...shared,
    host: endpoint.host,
    port: endpoint.port,
    portGiven: endpoint.portGiven,
    registryName: host,
    insecure: endpoint.insecure,
    ...(around.ownProxies && { ownProxies: around.ownProxies }),
    trustedRealmHosts: edges.config.trustedRealmHosts,
    credential,
  });
  const accepted = credential && {
    credential,
    registryName: host,
    provider: seen.ping?.provider ?? null,
    realm: seen.challenge?.realm ?? null,
  };
  const issuerEnd =
    accepted && mayHaveIssuerEnd(accepted, login)
      ? await (parts.issuerEnds ?? issuerEndsOfProcess).of(
          JSON.stringify([user.folder, host, login.print]),
          seen.token?.login?.outcome === 'accepted' && !signal.aborted
            ? async () => {
                const end = await askIssuerEnd(accepted, shared);
                return signal.aborted ? undefined : end;
              }
            : null,
        )
      : null;
  return {
    evidence: {
      version: 1,
      now: now.toISOString(),
      registry: host,
      credentials: login.evidence,
      ...seen,
      ...(issuerEnd && { issuerEnd }),
    },
    login,
  };
}

/** A helper that gets a new token whenever it is asked has none whose end would matter. */
function mayHaveIssuerEnd(accepted: Accepted, { evidence }: FoundLogin): boolean {
  return evidence.used?.expiry.state !== 'renews-itself' && hasIssuer(accepted);
}

/** The way to a registry does not depend on the repository. */
function registryOnly(host: string) {
  const parsed = parseReference(`${host}/any/image`);
  return parsed.ok
    ? { ...parsed.reference, registry: host }
    : { registry: host, repository: 'any/image', tag: 'latest', digest: null };
}
