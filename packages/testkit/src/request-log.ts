import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request as a server of ours saw it. */
export interface RecordedRequest {
  method: string;
  /** Path with query, as sent. */
  path: string;
  headers: IncomingHttpHeaders;
  /** True when any Authorization header came, whatever its value. */
  sentCredential: boolean;
  at: Date;
}

/** Notes a request. Tests read the list: "no credential was sent", "no manifest was asked for twice". */
export function record(log: RecordedRequest[], request: IncomingMessage): void {
  log.push({
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    sentCredential: request.headers.authorization !== undefined,
    at: new Date(),
  });
}

/** How many manifests were fetched: each counts as a pull where pulls are counted. HEAD does not. */
export function manifestGets(log: readonly RecordedRequest[]): number {
  return log.filter(({ method, path }) => method === 'GET' && /^\/v2\/.+\/manifests\//.test(path)).length;
}
