import { randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

// ulid asks for each of its sixteen random characters by itself, which costs more than writing the row.
const pool = Buffer.alloc(4096);
let used = pool.length;

function fromPool(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte / 256;
}

/** A ULID: sorts by the time at which the attempt began. */
export function attemptId(startedAtMs: number): string {
  return ulid(startedAtMs, fromPool);
}
