import type { LogEntry } from '../read-line.ts';
import { errorAfter, type Said, said } from '../said.ts';

/** A service's task that pulls its image asks nobody over HTTP; this line stands where the request's would. */
export function swarm(entry: LogEntry): Said | null {
  const phrase = 'pulling image failed';
  const found = errorAfter(phrase, entry);
  return found ? said('answered', phrase, found.error) : null;
}
