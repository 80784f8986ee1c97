import { containerdStore } from './dialects/containerd-store.ts';
import { graphDriver } from './dialects/graph-driver.ts';
import { request } from './dialects/request.ts';
import { swarm } from './dialects/swarm.ts';
import type { LogEntry } from './read-line.ts';
import type { Dialect, Said } from './said.ts';

const dialects: readonly Dialect[] = [graphDriver, containerdStore, request, swarm];

/** What a line says of a pull; null where it says nothing of one. Docker Desktop's other components do not pull. */
export function whatItSays(entry: LogEntry): Said | null {
  const component = entry.fields.get('component');
  if (component !== undefined && component !== 'dockerd') return null;
  for (const dialect of dialects) {
    const found = dialect(entry);
    if (found) return found;
  }
  return null;
}
