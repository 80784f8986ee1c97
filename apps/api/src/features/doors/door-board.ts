import type { Door } from '@pull-doctor/contract/attempts';
import { doors } from '@pull-doctor/contract/attempts';
import type { DoorState } from '@pull-doctor/contract/history';

/** How each door stands, as it was last measured. */
export interface DoorBoard {
  set(door: Door, stands: Pick<DoorState, 'state' | 'says'>): void;
  /** Something came by it. */
  came(door: Door, at?: Date): void;
  read(): DoorState[];
}

/** What the history has not while a door is not open. */
const unseen: Record<Door, string> = {
  'daemon-log':
    'Pulls that fail are not seen: Docker tells of them in its log only. Those are seen that are made from Pull Doctor, reported, or pasted.',
  'daemon-events':
    'Pulls that work are not seen, unless they are made from Pull Doctor or reported, so a failure may stay open although it is fixed.',
  'pull-doctor': 'Pulls cannot be started from Pull Doctor.',
  report: 'Pulls that other machines and pipelines report are not recorded.',
  pasted: 'Pasted errors are not kept.',
};

/** @param changed Called where a state, or what it says, is another than before. */
export function doorBoard(now: () => Date, changed: () => void): DoorBoard {
  const states = new Map<Door, DoorState>(
    doors.map((door) => {
      const isAlwaysOpen = door === 'pull-doctor' || door === 'report' || door === 'pasted';
      return [
        door,
        {
          door,
          state: isAlwaysOpen ? 'open' : 'unknown',
          says: isAlwaysOpen ? openSays[door] : 'It has not been looked at yet.',
          unseen: null,
          since: now().toISOString(),
          lastAt: null,
        },
      ];
    }),
  );
  const at = (door: Door) => {
    const state = states.get(door);
    if (!state) throw new Error(`there is no door ${door}`);
    return state;
  };
  return {
    set(door, { state, says }) {
      const before = at(door);
      if (before.state === state && before.says === says) return;
      states.set(door, {
        ...before,
        state,
        says,
        unseen: state === 'open' ? null : unseen[door],
        since: before.state === state ? before.since : now().toISOString(),
      });
      changed();
    },
    came(door, when = now()) {
      const before = at(door);
      const lastAt = when.toISOString();
      if (before.lastAt !== null && before.lastAt >= lastAt) return;
      states.set(door, { ...before, lastAt });
    },
    read: () => [...states.values()],
  };
}

const openSays = {
  'pull-doctor': 'Pulls that are started from Pull Doctor are recorded.',
  report: 'Programs report pulls with POST /api/v1/attempts.',
  pasted: 'The failed pull of a pasted error is kept where a person asks for it.',
};
