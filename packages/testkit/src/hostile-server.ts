import type { KeyPair } from './certificate-authority.ts';
import { type CredentialTrap, credentialTraps } from './hostile/credential-traps.ts';
import { type PoisonedAnswer, poisonedAnswers } from './hostile/poisoned-answers.ts';
import { type Handler, type ListenAt, type Listening, listenHttp } from './http-listener.ts';
import { type RecordedRequest, record } from './request-log.ts';

export type HostileKind = CredentialTrap | PoisonedAnswer;

export const hostileKinds = [
  ...Object.keys(credentialTraps),
  ...Object.keys(poisonedAnswers),
] as HostileKind[];

export interface HostileServer extends Listening {
  url: string;
  requests: RecordedRequest[];
}

/** Starts a registry that means harm. `collectorUrl` is where credential traps lead, see hostile/collector.ts. */
export async function startHostileServer(
  kind: HostileKind,
  options: ListenAt & { tls?: KeyPair; collectorUrl?: string } = {},
): Promise<HostileServer> {
  const requests: RecordedRequest[] = [];
  const handler = handlerOf(kind, options.collectorUrl ?? 'https://collector.invalid');
  const listening = await listenHttp((request, response) => {
    record(requests, request);
    handler(request, response);
  }, options);
  return { ...listening, url: `${options.tls ? 'https' : 'http'}://${listening.host}`, requests };
}

function handlerOf(kind: HostileKind, collectorUrl: string): Handler {
  return kind in credentialTraps
    ? credentialTraps[kind as CredentialTrap](collectorUrl)
    : poisonedAnswers[kind as PoisonedAnswer]();
}
