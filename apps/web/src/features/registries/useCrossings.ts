import type { RegistryRow } from '@pull-doctor/contract/registries';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { announce } from '../../announce.tsx';
import { serverNow } from '../../clock.ts';
import { startCounter } from '../../countdowns.ts';
import { spanText } from '../../ui/time-text.ts';

/** A moment at which a credential begins to end soon, or ends. */
export interface Crossing {
  at: number;
  says: string;
}

type Ending = Pick<RegistryRow, 'name' | 'end'>;

/** The moments of these rows that are still to come, the next one first. */
export function crossingsOf(rows: readonly Ending[], now: number): Crossing[] {
  return rows
    .flatMap(({ name, end }) => {
      if (end.state !== 'ends' || end.endsAt === null) return [];
      const endsAt = Date.parse(end.endsAt);
      const threshold = end.thresholdSeconds;
      const over = { at: endsAt, says: `${name} has expired` };
      if (threshold === null) return [over];
      return [{ at: endsAt - threshold * 1000, says: `${name} expires in ${spanText(threshold)}` }, over];
    })
    .filter(({ at }) => at > now)
    .sort((a, b) => a.at - b.at);
}

// the server turns at the same moment; a little later it has
const settleMs = 400;
// what passed while the page was hidden or the machine slept is fetched by whatever wakes it
const newsMs = 5000;
const never = Number.MAX_SAFE_INTEGER;

/** At each crossing: says it once to those who listen, and asks how the registries stand now. */
export function useCrossings(rows: readonly Ending[]): void {
  const queryClient = useQueryClient();
  const ends = JSON.stringify(
    rows.map(({ name, end: { state, endsAt, thresholdSeconds } }) => ({
      name,
      end: { state, endsAt, thresholdSeconds },
    })),
  );
  useEffect(() => {
    const crossings = crossingsOf(JSON.parse(ends), serverNow());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refetch = () => {
      for (const name of ['registries', 'registry']) void queryClient.invalidateQueries({ queryKey: [name] });
    };
    const stop = startCounter((now) => {
      const passed: Crossing[] = [];
      while (crossings[0] && crossings[0].at <= now) passed.push(...crossings.splice(0, 1));
      const news = passed.filter(({ at }) => now - at < newsMs);
      for (const { says } of news) announce(says);
      if (news.length > 0) {
        clearTimeout(timer);
        timer = setTimeout(refetch, settleMs);
      }
      return crossings[0]?.at ?? never;
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [ends, queryClient]);
}
