import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { TokenEvidence } from '@pull-doctor/contract/evidence/registry';
import type { Finding } from '@pull-doctor/contract/finding';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { diagnose } from '../engine.ts';
import { canonical } from '../reference/names.ts';

/** What a check saw, as the evidence of a pull that goes no further than the login: what the rules can read. */
export function asPull(check: CheckEvidence): Evidence {
  const { version, now, registry, credentials, dns, tcp, proxy, tls, ping, challenge, token } = check;
  const seen = { credentials, dns, tcp, proxy, tls, ping, challenge, token: token && asPullToken(token) };
  const reference = { registry, repository: 'any/image', tag: 'latest', digest: null };
  const text = canonical(reference);
  return {
    version,
    now,
    input: '',
    vantage: { from: 'pull-doctor', notes: [] },
    notSeen: {},
    reference: { text, reference, fault: null, familiar: text, canonical: text, endpoint: null },
    ...Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined)),
  };
}

/** What a pull that got this far and no further would be put down to, the surest first. */
export function findingsOf(check: CheckEvidence): Finding[] {
  return diagnose(asPull(check)).findings;
}

/** A pull asks the token server where the check tested the login: what kept one from an answer keeps the other. */
function asPullToken(token: TokenEvidence): TokenEvidence {
  const { login, signedIn } = token;
  const status = login?.exchange?.answer?.status ?? 0;
  if (signedIn || token.scheme !== 'bearer' || !login?.exchange) return token;
  if (!login.exchange.failure && status < 500) return token;
  return {
    ...token,
    signedIn: { exchange: login.exchange, outcome: 'failed', why: null, errors: login.errors, token: null },
  };
}
