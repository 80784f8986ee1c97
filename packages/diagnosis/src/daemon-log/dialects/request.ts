import type { LogEntry } from '../read-line.ts';
import { type Said, said } from '../said.ts';

const handler = /^Handler for ([A-Z]{3,7}) (\S{1,2000}) returned error(?:: ([\s\S]*))?$/;
const cancelled = 'request cancelled by client';

/**
 * How the daemon's API answered, whichever store it pulls into. Up to 29.2 the error stands in the message, after that in the
 * field `error-response`, beside `request-url`, which names the image. Answers below 500 leave no line.
 */
export function request(entry: LogEntry): Said | null {
  const url = entry.fields.get('request-url') ?? null;
  const found = handler.exec(entry.message);
  if (!found) {
    const isPull = entry.message === cancelled && url !== null && kindOf('POST', url) === 'pull';
    return isPull ? { ...said('answered', cancelled, cancelled), isStopped: true } : null;
  }
  const [, method = '', path = '', inMessage] = found;
  const kind = kindOf(method, url ?? path);
  if (kind === null) return null;
  const error = inMessage ?? entry.fields.get('error-response') ?? entry.error;
  const answer = said(kind === 'pull' ? 'answered' : 'no-pull', 'Handler returned error', error);
  return entry.fields.get('status') === '499' ? { ...answer, isStopped: true } : answer;
}

/** What was asked for; null for what no line of a pull can belong to, and for a build, which pulls too. */
function kindOf(method: string, url: string): 'pull' | 'other' | null {
  const [path = '', query = ''] = url.split('?', 2);
  const name = path.replace(/^\/v\d{1,2}\.\d{1,3}(?=\/)/, '');
  if (method === 'POST' && name === '/images/create') return /(?:^|&)fromSrc=/.test(query) ? 'other' : 'pull';
  return name === '/auth' || /^\/images\/.{1,1000}\/push$/.test(name) || name.startsWith('/distribution/')
    ? 'other'
    : null;
}
