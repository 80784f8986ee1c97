import type { LayerProgress } from '@pull-doctor/contract/diagnoses';
import { pullSpeed } from './pull-speed.ts';

export interface PullProgress {
  layers: number;
  layersDone: number;
  bytes: number;
  /** Of the layers whose size is known so far. */
  totalBytes: number;
  /** Of the last seconds; null before anything was measured. */
  bytesPerSecond: number | null;
  /** Until the last byte; null where a size or the speed is not known. */
  secondsLeft: number | null;
  /** In the order in which the daemon names them. */
  each: LayerProgress[];
  status: string;
  digest: string | null;
  upToDate: boolean;
}

interface ProgressLine {
  status: string;
  id: string;
  progressDetail?: { current: number; total: number } | null | undefined;
}

const layerId = /^[0-9a-f]{12}$/;

/**
 * Adds up the lines of a pull (`POST /images/create`) as the docker CLI draws them: one bar per layer.
 *
 * @param monotonic milliseconds, for the speed
 */
export function pullProgress(monotonic: () => number = () => performance.now()) {
  const layers = new Map<string, LayerProgress>();
  const speed = pullSpeed();
  let status = 'Resolving';
  let digest: string | null = null;
  let upToDate = false;
  let phase: 'resolving' | 'layers' | 'extracting' = 'resolving';

  const bytesSoFar = () => [...layers.values()].reduce((sum, { bytes }) => sum + bytes, 0);

  return {
    /** True where the line changed something that is shown. */
    add({ status: text, id, progressDetail }: ProgressLine): boolean {
      if (text.startsWith('Digest: ')) digest = text.slice('Digest: '.length).trim();
      if (text.startsWith('Status: Image is up to date')) upToDate = true;
      if (!layerId.test(id)) {
        if (text !== '') status = text.slice(0, 200);
        return text !== '';
      }
      const layer = layers.get(id) ?? { id, state: 'waiting', bytes: 0, totalBytes: null };
      layers.set(id, layer);
      switch (text) {
        case 'Downloading':
          phase = 'layers';
          layer.state = 'downloading';
          layer.bytes = progressDetail?.current ?? layer.bytes;
          layer.totalBytes = Math.max(layer.totalBytes ?? 0, progressDetail?.total ?? 0) || null;
          speed.measured(bytesSoFar(), monotonic());
          break;
        case 'Download complete':
        case 'Verifying Checksum':
          phase = 'layers';
          layer.state = 'downloaded';
          layer.bytes = layer.totalBytes ?? layer.bytes;
          speed.measured(bytesSoFar(), monotonic());
          break;
        case 'Extracting':
          phase = 'extracting';
          layer.state = 'extracting';
          break;
        case 'Pull complete':
        case 'Already exists':
          layer.state = text === 'Pull complete' ? 'done' : 'there-already';
          layer.bytes = layer.totalBytes ?? layer.bytes;
          break;
        default:
          if (phase === 'resolving') phase = 'layers';
      }
      status = text;
      return true;
    },
    phase: () => phase,
    read(): PullProgress {
      const each = [...layers.values()].map((layer) => ({ ...layer }));
      const isDone = ({ state }: LayerProgress) => state === 'done' || state === 'there-already';
      const bytes = bytesSoFar();
      const totalBytes = each.reduce((sum, layer) => sum + (layer.totalBytes ?? 0), 0);
      const isWhole = each.every((layer) => layer.totalBytes !== null || isDone(layer));
      const bytesPerSecond = speed.read(monotonic());
      return {
        layers: each.length,
        layersDone: each.filter(isDone).length,
        bytes,
        totalBytes,
        bytesPerSecond,
        secondsLeft:
          isWhole && bytesPerSecond ? Math.ceil(Math.max(0, totalBytes - bytes) / bytesPerSecond) : null,
        each,
        status,
        digest,
        upToDate,
      };
    },
  };
}
