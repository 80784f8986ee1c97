import type { HistoryFile } from '@pull-doctor/database';
import { decodeTime, ulid } from 'ulid';
import { asStoredTime } from './time-order.ts';

/** The Docker hosts of the history by their names: this one, and those that reports named. */
export interface HostNames {
  /** Makes the host where the name is new; undefined is this one. */
  idOf(name: string | undefined, nowMs: number): string;
  /** Null where no pull of a host of that name was recorded. */
  find(name: string): string | null;
  nameOf(id: string): string;
}

export function hostNames(db: HistoryFile, here: { id: string; name(): string }): HostNames {
  const byName = db
    .prepare<[string, string], string>(
      'SELECT id FROM DockerHost WHERE name = ? AND id <> ? ORDER BY id LIMIT 1',
    )
    .pluck();
  const byId = db.prepare<[string], string>('SELECT name FROM DockerHost WHERE id = ?').pluck();
  const add = db.prepare('INSERT INTO DockerHost (id, name, firstSeenAt) VALUES (?, ?, ?)');
  const find = (name: string) => (name === here.name() ? here.id : (byName.get(name, here.id) ?? null));
  return {
    find,
    idOf(name, nowMs) {
      if (name === undefined) return here.id;
      const found = find(name);
      if (found !== null) return found;
      // This host is the one with the lowest id, also where the clock went back since it was made.
      const id = ulid(Math.max(nowMs, decodeTime(here.id) + 1));
      add.run(id, name, asStoredTime(nowMs));
      return id;
    },
    nameOf: (id) => (id === here.id ? here.name() : (byId.get(id) ?? id)),
  };
}
