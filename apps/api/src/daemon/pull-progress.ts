export interface PullProgress {
  layers: number;
  layersDone: number;
  bytes: number;
  /** Of the layers whose size is known so far. */
  totalBytes: number;
  status: string;
  digest: string | null;
  upToDate: boolean;
}

interface Layer {
  current: number;
  total: number;
  done: boolean;
}

interface ProgressLine {
  status: string;
  id: string;
  progressDetail?: { current: number; total: number } | null | undefined;
}

const layerId = /^[0-9a-f]{12}$/;

/** Adds up the lines of a pull (`POST /images/create`) as the docker CLI draws them: one bar per layer. */
export function pullProgress() {
  const layers = new Map<string, Layer>();
  let status = 'Resolving';
  let digest: string | null = null;
  let upToDate = false;
  let phase: 'resolving' | 'layers' | 'extracting' = 'resolving';

  return {
    /** True where the line changed something that is shown. */
    add({ status: text, id, progressDetail }: ProgressLine): boolean {
      if (text.startsWith('Digest: ')) digest = text.slice('Digest: '.length).trim();
      if (text.startsWith('Status: Image is up to date')) upToDate = true;
      if (!layerId.test(id)) {
        if (text !== '') status = text.slice(0, 200);
        return text !== '';
      }
      const layer = layers.get(id) ?? { current: 0, total: 0, done: false };
      layers.set(id, layer);
      switch (text) {
        case 'Downloading':
          phase = 'layers';
          layer.current = progressDetail?.current ?? layer.current;
          layer.total = Math.max(layer.total, progressDetail?.total ?? 0);
          break;
        case 'Download complete':
        case 'Verifying Checksum':
          phase = 'layers';
          layer.current = layer.total;
          break;
        case 'Extracting':
          phase = 'extracting';
          break;
        case 'Pull complete':
        case 'Already exists':
          layer.current = layer.total;
          layer.done = true;
          break;
        default:
          if (phase === 'resolving') phase = 'layers';
      }
      status = text;
      return true;
    },
    phase: () => phase,
    read(): PullProgress {
      const all = [...layers.values()];
      return {
        layers: all.length,
        layersDone: all.filter(({ done }) => done).length,
        bytes: all.reduce((sum, { current }) => sum + current, 0),
        totalBytes: all.reduce((sum, { total }) => sum + total, 0),
        status,
        digest,
        upToDate,
      };
    },
  };
}
