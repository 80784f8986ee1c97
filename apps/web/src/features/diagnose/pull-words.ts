import type { Diagnosis, LayerProgress } from '@pull-doctor/contract/diagnoses';
import { bytesText, countText, spanText } from '../../ui/time-text.ts';

/** `12 MB of 40 MB, 3 of 7 layers, 4.2 MB/s, 7 s left`: as far as it is known. */
export function pullSentence({
  bytes,
  totalBytes,
  layers,
  layersDone,
  bytesPerSecond,
  secondsLeft,
}: NonNullable<Diagnosis['progress']>): string {
  return [
    totalBytes > 0 ? `${bytesText(bytes)} of ${bytesText(totalBytes)}` : bytesText(bytes),
    layers > 0 && `${layersDone} of ${countText(layers, 'layer')}`,
    bytesPerSecond !== null && bytes < totalBytes && `${bytesText(bytesPerSecond)}/s`,
    secondsLeft !== null && bytes < totalBytes && `${spanText(secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join(', ');
}

export const layerStates: Record<LayerProgress['state'], { word: string; isWhole: boolean }> = {
  waiting: { word: 'waiting', isWhole: false },
  downloading: { word: 'downloading', isWhole: false },
  downloaded: { word: 'downloaded', isWhole: true },
  extracting: { word: 'extracting', isWhole: true },
  done: { word: 'done', isWhole: true },
  'there-already': { word: 'here already', isWhole: true },
};
