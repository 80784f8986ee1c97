import type { LiveEvent } from '@pull-doctor/contract/events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectLive, type EventStream, type LiveState, liveEventIn } from './live.ts';
import { coalesced, queriesOf } from './live-updates.ts';

class FakeStream implements EventStream {
  isClosed = false;
  readonly #listeners = new Map<string, ((event: MessageEvent<string>) => void)[]>();

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  close(): void {
    this.isClosed = true;
  }

  send(name: string, data = ''): void {
    for (const listener of this.#listeners.get(name) ?? []) listener({ data } as MessageEvent<string>);
  }

  beat(now = '2026-11-24T14:32:08.000Z'): void {
    this.send('heartbeat', JSON.stringify({ now }));
  }
}

function watched() {
  const streams: FakeStream[] = [];
  const states: LiveState[] = [];
  const events: LiveEvent[] = [];
  const times: string[] = [];
  const connection = connectLive(
    () => {
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
    {
      onState: (state) => states.push(state),
      onEvent: (event) => events.push(event),
      onTime: (now) => times.push(now),
    },
  );
  const newest = () => {
    const stream = streams.at(-1);
    if (!stream) throw new Error('nothing was opened');
    return stream;
  };
  return { streams, states, events, times, connection, newest };
}

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-24T14:32:08Z') }));
afterEach(() => vi.useRealTimers());

describe('the event stream', () => {
  it('is live from the first heartbeat on, which also brings the time', () => {
    const { states, times, newest } = watched();
    expect(states).toEqual([]);
    newest().beat();
    newest().beat('2026-11-24T14:32:23.000Z');
    expect(states).toEqual([{ kind: 'live' }]);
    expect(times).toEqual(['2026-11-24T14:32:08.000Z', '2026-11-24T14:32:23.000Z']);
  });

  it('passes events on', () => {
    const { events, newest } = watched();
    newest().beat();
    newest().send('diagnosis-changed', '{"kind":"diagnosis-changed","id":"dx_1"}');
    expect(events).toEqual([{ kind: 'diagnosis-changed', id: 'dx_1' }]);
  });

  it('says when the next try is, and waits longer each time, up to 15 s', () => {
    const { states, streams, newest } = watched();
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      newest().send('error');
      const state = states.at(-1);
      if (state?.kind !== 'lost') throw new Error('not lost');
      waits.push(state.retryAt - Date.now());
      vi.advanceTimersByTime(state.retryAt - Date.now());
      expect(streams).toHaveLength(round + 2);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it('counts as lost since the first failure, whatever comes of the tries after it', () => {
    const { states, newest } = watched();
    const lostAt = Date.now();
    newest().send('error');
    vi.advanceTimersByTime(1000);
    newest().send('error');
    expect(states.at(-1)).toMatchObject({ kind: 'lost', since: lostAt });
  });

  it('makes up for what was missed once it is back, and starts with short waits again', () => {
    const { states, events, newest } = watched();
    newest().beat();
    newest().send('error');
    vi.advanceTimersByTime(1000);
    newest().beat();
    expect(events).toEqual([{ kind: 'missed-events', id: '' }]);
    newest().send('error');
    expect(states.at(-1)).toMatchObject({ retryAt: Date.now() + 1000 });
  });

  it('gives up a line on which nothing was heard for 35 s', () => {
    const { states, streams, newest } = watched();
    newest().beat();
    vi.advanceTimersByTime(34_000);
    newest().beat();
    vi.advanceTimersByTime(34_000);
    expect(states.at(-1)).toEqual({ kind: 'live' });
    vi.advanceTimersByTime(1001);
    expect(states.at(-1)).toMatchObject({ kind: 'lost' });
    expect(streams[0]?.isClosed).toBe(true);
  });

  it('does not listen to a stream that it has given up', () => {
    const { events, streams, newest } = watched();
    newest().send('error');
    vi.advanceTimersByTime(1000);
    streams[0]?.send('attempt-recorded', '{"kind":"attempt-recorded","id":"at_1"}');
    expect(events).toEqual([]);
  });

  it('tries at once when asked, and not twice', () => {
    const { streams, connection, newest } = watched();
    newest().send('error');
    connection.retryNow();
    connection.retryNow();
    vi.advanceTimersByTime(1000);
    expect(streams).toHaveLength(2);
  });

  it('opens anew after a sleep, and makes up for it by one fetch of everything', () => {
    const { streams, states, events, connection, newest } = watched();
    newest().beat();
    connection.reopen();
    expect(streams.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    newest().beat();
    newest().beat();
    expect(events).toEqual([{ kind: 'missed-events', id: '' }]);
    expect(states).not.toContainEqual(expect.objectContaining({ kind: 'lost' }));
  });

  it('is quiet after it was closed', () => {
    const { streams, states, connection, newest } = watched();
    newest().beat();
    connection.close();
    vi.advanceTimersByTime(120_000);
    expect(streams).toHaveLength(1);
    expect(states).toEqual([{ kind: 'live' }]);
  });
});

describe('an event', () => {
  it.each([
    ['no JSON', 'hello'],
    ['an unknown kind', '{"kind":"upgraded","id":"1"}'],
    ['no id', '{"kind":"host-changed"}'],
    ['null', 'null'],
  ])('that is %s makes the page fetch everything', (_, data) => {
    expect(liveEventIn(data)).toEqual({ kind: 'missed-events', id: '' });
  });

  it('makes stale what it names, and the lists with it', () => {
    expect(queriesOf({ kind: 'diagnosis-changed', id: 'dx_1' })).toEqual([
      ['diagnosis', 'dx_1'],
      ['diagnoses'],
    ]);
    expect(queriesOf({ kind: 'registry-changed', id: 'ghcr.io' })).toEqual([
      ['registries'],
      ['registry', 'ghcr.io'],
    ]);
    expect(queriesOf({ kind: 'missed-events', id: '' })).toEqual([[]]);
  });
});

describe('many events of one thing', () => {
  it('the first passes at once, the last of the rest within 100 ms', () => {
    const passed: string[][] = [];
    const send = coalesced((key) => passed.push(key));
    for (let count = 0; count < 50; count += 1) send(['diagnosis', 'dx_1']);
    expect(passed).toEqual([['diagnosis', 'dx_1']]);
    vi.advanceTimersByTime(100);
    expect(passed).toHaveLength(2);
    vi.advanceTimersByTime(1000);
    expect(passed).toHaveLength(2);
  });

  it('those of another thing do not wait for them', () => {
    const passed: string[][] = [];
    const send = coalesced((key) => passed.push(key));
    send(['diagnosis', 'dx_1']);
    send(['diagnosis', 'dx_2']);
    expect(passed).toEqual([
      ['diagnosis', 'dx_1'],
      ['diagnosis', 'dx_2'],
    ]);
  });

  it('two hundred registries that are checked at once are one request for the board', () => {
    const passed: string[][] = [];
    const send = coalesced((key) => passed.push(key));
    for (let count = 0; count < 200; count += 1)
      for (const key of queriesOf({ kind: 'registry-changed', id: `r${count}.example` })) send(key);
    vi.advanceTimersByTime(100);
    expect(passed.filter(([name]) => name === 'registries')).toHaveLength(2);
  });

  it('attempts that come by the dozen leave a request the time to be answered', () => {
    const passed: string[][] = [];
    const send = coalesced((key) => passed.push(key));
    for (let ms = 0; ms < 2000; ms += 20) {
      for (const key of queriesOf({ kind: 'attempt-recorded', id: `at_${ms}` })) send(key);
      vi.advanceTimersByTime(20);
    }
    expect(passed.length).toBeGreaterThanOrEqual(4);
    expect(passed.length).toBeLessThanOrEqual(5);
  });
});
