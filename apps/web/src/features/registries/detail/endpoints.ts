import type { TokenAsk } from '@pull-doctor/contract/evidence/registry';
import type { Exchange, Failure } from '@pull-doctor/contract/exchange';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import type { IconId } from '../../../ui/Icon.tsx';
import { durationText } from '../../../ui/time-text.ts';
import type { Tone } from '../../../ui/tone.ts';

export interface AskedEndpoint {
  name: string;
  detail: string;
  outcome: { tone: Tone; icon: IconId };
  /** How long it took, or what it answered where that is the news. */
  result: string;
}

const ok = { tone: 'ok', icon: 'ok' } as const;
const lost = { tone: 'unreachable', icon: 'unreachable' } as const;
const refused = { tone: 'invalid', icon: 'invalid' } as const;

/** The layers of one check from the name to the login; what was not asked is left out. */
export function endpointsOf({
  dns,
  tcp,
  proxy,
  tls,
  ping,
  token,
  credentials,
}: CheckEvidence): AskedEndpoint[] {
  const user = credentials?.used?.user ?? null;
  return [
    ...(dns && dns.how === 'lookup'
      ? [layer('Name', dns.addresses[0]?.address ?? dns.host, dns.failure, dns.ms)]
      : []),
    ...(proxy?.use === 'used' ? [layer('Proxy', proxy.address ?? '', proxy.failure, proxy.ms)] : []),
    ...(tcp
      ? [layer('Connection', tcp.connectedTo ?? tcp.tried[0]?.address ?? '', tcp.failure, tcp.ms)]
      : []),
    ...(tls && tls.use !== 'plain-http'
      ? [layer('TLS', tls.protocol ?? tls.serverName, tls.use === 'failed' ? tls.failure : null, tls.ms)]
      : []),
    ...(ping ? [exchanged('Ping', 'GET /v2/', ping.exchange, ping.isRegistry !== 'no')] : []),
    ...tokenRows(token, user),
  ];
}

function tokenRows(token: CheckEvidence['token'], user: string | null): AskedEndpoint[] {
  if (!token) return [];
  const { login, anonymous, signedIn, scheme } = token;
  const way = scheme === 'basic' ? 'Basic' : scheme === 'bearer' ? 'Bearer' : 'no challenge';
  const asWhom = user ? `${way}, user ${user}` : way;
  return [
    ...(login?.exchange ? [exchanged('Login', asWhom, login.exchange, login.outcome !== 'refused')] : []),
    ...asked('Token', asWhom, signedIn),
    ...asked('Token for anybody', way, anonymous),
  ];
}

const asked = (name: string, detail: string, ask: TokenAsk | null): AskedEndpoint[] =>
  ask?.exchange ? [exchanged(name, detail, ask.exchange, ask.outcome === 'granted')] : [];

function layer(name: string, detail: string, failure: Failure | null, ms: number): AskedEndpoint {
  return failure
    ? { name, detail: failure.message, outcome: lost, result: durationText(ms) }
    : { name, detail, outcome: ok, result: durationText(ms) };
}

function exchanged(
  name: string,
  detail: string,
  { answer, failure, ms }: Exchange,
  isGood: boolean,
): AskedEndpoint {
  if (failure) return { name, detail: failure.message, outcome: lost, result: durationText(ms) };
  const status = answer?.status ?? 0;
  if (status >= 500) return { name, detail, outcome: lost, result: String(status) };
  return isGood
    ? { name, detail, outcome: ok, result: durationText(ms) }
    : { name, detail, outcome: refused, result: String(status) };
}
