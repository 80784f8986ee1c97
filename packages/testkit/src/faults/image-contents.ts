import type { Fault } from './fault.ts';
import { failing } from './row.ts';

/** The manifest arrives, and the image cannot be used or its layers not be fetched. */
export const imageContents: Fault[] = [
  failing('the index has no image for this platform', '{faulty}/noplatform/app:1', 'platform-mismatch', {
    expect: { certaintyAtLeast: 'likely', steps: { manifest: 'done', platform: 'failed' } },
  }),
  failing('the platform asked for is not in the index', '{open}/public/multi:1.0', 'platform-mismatch', {
    platform: 'linux/riscv64',
    expect: { steps: { platform: 'failed' } },
  }),
  failing(
    'the single manifest is not for the platform asked for',
    '{open}/team/app:1.0',
    'platform-mismatch',
    {
      platform: 'linux/arm64',
      // dockerd 20.10 and 28 pull it all the same, 26 refuses
      daemonPull: 'cannot-show',
      expect: { steps: { manifest: 'done' } },
    },
  ),
  failing('a manifest of schema version 1', '{faulty}/schema1/app:1', 'unsupported-image', {
    expect: { steps: { manifest: 'done' } },
  }),
  failing('a Helm chart', '{faulty}/helmchart/app:1', 'unsupported-image', {
    expect: { steps: { manifest: 'done' } },
  }),
  failing('a layer compressed with zstd', '{faulty}/zstd/app:1', 'unsupported-image', {
    expect: { steps: { manifest: 'done' } },
  }),
  failing('a layer that is no gzip stream', '{faulty}/gzipbad/app:1', 'unsupported-image', {
    pull: true,
    expect: { oneOf: ['unsupported-image', 'local-storage', 'registry-unavailable'] },
  }),
  failing('a layer that is cut short', '{faulty}/truncated/app:1', 'connection-failure', {
    pull: true,
    expect: { oneOf: ['connection-failure', 'registry-unavailable'] },
  }),
  failing(
    'a layer that is cut short, and cannot be resumed',
    '{faulty}/norange/app:1',
    'connection-failure',
    {
      pull: true,
      expect: { oneOf: ['connection-failure', 'registry-unavailable'] },
    },
  ),
  failing('a layer that is not what its digest says', '{faulty}/garbage/app:1', 'registry-unavailable', {
    pull: true,
    expect: { oneOf: ['registry-unavailable', 'connection-failure', 'local-storage'] },
  }),
  failing('a layer that is missing', '{faulty}/blob404/app:1', 'registry-unavailable', { pull: true }),
  failing('a layer that answers 503', '{faulty}/blob503/app:1', 'registry-unavailable', { pull: true }),
  failing('the disk is full', '{faulty}/big/app:1', 'local-storage', { pull: true, daemon: 'disk full' }),
];
