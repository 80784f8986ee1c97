import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Exchange } from '@pull-doctor/contract/exchange';
import type { StepName } from '@pull-doctor/contract/steps';

/** A registry that answers over plain http where Docker insists on https. */
export interface PlainHttpSeen {
  step: StepName;
  /** Whether it named itself a registry, or only answered as one would. */
  isSure: boolean;
}

export function plainHttpSeen({ tls, tcp }: Evidence): PlainHttpSeen | null {
  // The daemon's configuration allows it: then plain http is no fault.
  if (tls?.use === 'plain-http') return null;
  if (tls?.plain?.isRegistry) return { step: 'tls', isSure: true };
  const status = tls?.plain?.speaks === 'http' ? tls.plain.ping?.answer?.status : null;
  if (status === 401) return { step: 'tls', isSure: false };
  const answer = tcp?.plainHttp ?? null;
  return answer && answersAsRegistry(answer) ? { step: 'tcp', isSure: true } : null;
}

function answersAsRegistry({ answer }: Exchange): boolean {
  if (!answer || (answer.status !== 200 && answer.status !== 401)) return false;
  const header = (name: string) => answer.headers.find((one) => one.name.toLowerCase() === name)?.value;
  if (header('docker-distribution-api-version')) return true;
  // A challenge on the path /v2/ is a registry's; a page that answers 200 is not.
  return answer.status === 401 && header('www-authenticate') !== undefined;
}
