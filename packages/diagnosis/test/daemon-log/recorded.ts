import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A pull that was staged, and what dockerd wrote into its log meanwhile. */
export interface RecordedPull {
  version: string;
  store: 'graphdriver' | 'containerd';
  fault: string;
  /** What was staged; null where nothing was. */
  cause: string | null;
  /** Every cause that ends in the same words. */
  causes: string[] | null;
  image: string;
  /** Of the answer to POST /images/create, where it was no 200. */
  status: number | null;
  /** What the daemon told its client; null where the pull worked. */
  said: string | null;
  pulled: boolean;
  log: string[];
}

/** All 96 pulls through each of four daemons, in the order in which they were made. */
export function readRecorded(): RecordedPull[] {
  const file = fileURLToPath(new URL('./recorded.jsonl', import.meta.url));
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedPull);
}
