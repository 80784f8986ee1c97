import { describe, expect, it } from 'vitest';
import { pullProgress } from './pull-progress.ts';

const a = 'aaaaaaaaaaaa';
const b = 'bbbbbbbbbbbb';
const downloading = (id: string, current: number, total: number) => ({
  id,
  status: 'Downloading',
  progressDetail: { current, total },
});

describe('the progress of a pull', () => {
  it('is that of each layer, in the order in which the daemon names them', () => {
    let now = 0;
    const progress = pullProgress(() => now);
    progress.add({ id: '1.0', status: 'Pulling from team/app' });
    for (const id of [a, b]) progress.add({ id, status: 'Pulling fs layer' });
    progress.add({ id: a, status: 'Already exists' });
    progress.add(downloading(b, 0, 1_000));
    now = 1_000;
    progress.add(downloading(b, 400, 1_000));
    expect(progress.read()).toMatchObject({
      layers: 2,
      layersDone: 1,
      bytes: 400,
      totalBytes: 1_000,
      bytesPerSecond: 400,
      secondsLeft: 2,
      each: [
        { id: a, state: 'there-already', totalBytes: null },
        { id: b, state: 'downloading', bytes: 400, totalBytes: 1_000 },
      ],
    });
  });

  it('names no time that is left while the size of a layer is not known', () => {
    let now = 0;
    const progress = pullProgress(() => now);
    for (const id of [a, b]) progress.add({ id, status: 'Pulling fs layer' });
    progress.add(downloading(a, 0, 1_000));
    now = 1_000;
    progress.add(downloading(a, 500, 1_000));
    expect(progress.read()).toMatchObject({ bytesPerSecond: 500, secondsLeft: null });
    progress.add(downloading(b, 0, 2_000));
    expect(progress.read()).toMatchObject({ bytesPerSecond: 500, secondsLeft: 5 });
  });

  it('goes by the last seconds, and comes to a standstill with the network', () => {
    let now = 0;
    const progress = pullProgress(() => now);
    progress.add(downloading(a, 0, 100_000));
    for (const [at, current] of [
      [1_000, 50_000],
      [7_000, 51_000],
      [12_000, 52_000],
    ] as const) {
      now = at;
      progress.add(downloading(a, current, 100_000));
    }
    expect(progress.read().bytesPerSecond).toBe(200);
    now = 60_000;
    expect(progress.read().bytesPerSecond).toBeLessThan(25);
  });

  it('has no speed before anything was measured', () => {
    const progress = pullProgress(() => 0);
    expect(progress.read()).toMatchObject({ bytesPerSecond: null, secondsLeft: null, each: [] });
    progress.add(downloading(a, 10, 20));
    expect(progress.read().bytesPerSecond).toBeNull();
  });
});
