import type { LogEntry } from '../read-line.ts';
import { errorAfter, type Said, said, type Weight } from '../said.ts';

// distribution/pull.go and pull_v2.go of moby, 20.10 to 29. Up to 28 the first one has its error in the message; the second
// one has it there up to 26 and in a field after that.
const phrases: readonly [phrase: string, weight: Weight][] = [
  ['Attempting next endpoint for pull after error', 'passed-over'],
  ['Not continuing with pull after error', 'failed'],
  ['Error getting v2 registry', 'aside'],
  ['Ignoring extra error returned from registry', 'aside'],
  ['Error persisting manifest', 'harmless'],
  ['ignoring platform mismatch on single-arch image', 'aside'],
];

// Of a layer: what comes of the pull, another line tells.
const ofLayer =
  /^(Download failed after \d{1,9} attempts|Download failed, retrying \(\d{1,9}\/\d{1,9}\)|filesystem layer verification failed for digest \S{1,200})(?:: ([\s\S]*))?$/;

/** What dockerd says while it pulls into its own store. */
export function graphDriver(entry: LogEntry): Said | null {
  for (const [phrase, weight] of phrases) {
    const found = errorAfter(phrase, entry);
    if (found) return said(weight, phrase, found.error);
  }
  const layer = ofLayer.exec(entry.message);
  // A layer's failed verification is the error itself.
  return layer ? said('aside', 'Download failed', layer[2] ?? entry.error ?? entry.message) : null;
}
