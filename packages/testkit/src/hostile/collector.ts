import type { KeyPair } from '../certificate-authority.ts';
import { type ListenAt, type Listening, listenHttp } from '../http-listener.ts';
import { answerJson } from '../registry-answer.ts';
import { type RecordedRequest, record } from '../request-log.ts';

export interface Collector extends Listening {
  url: string;
  requests: RecordedRequest[];
  /** Requests that brought an Authorization header (or a login in the URL) to where none may go. */
  stolen(): RecordedRequest[];
}

/** A server that no credential must ever reach. It answers everything with a token, so that a careless client goes on. */
export async function startCollector(options: ListenAt & { tls?: KeyPair } = {}): Promise<Collector> {
  const requests: RecordedRequest[] = [];
  const listening = await listenHttp((request, response) => {
    record(requests, request);
    answerJson(response, 200, { token: 'a-token-of-the-collector', expires_in: 300 });
  }, options);
  return {
    ...listening,
    url: `${options.tls ? 'https' : 'http'}://${listening.host}`,
    requests,
    stolen: () =>
      requests.filter(
        ({ sentCredential, headers }) => sentCredential || headers['proxy-authorization'] !== undefined,
      ),
  };
}
