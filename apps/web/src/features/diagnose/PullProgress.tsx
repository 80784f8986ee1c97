import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { bytesText, countText } from '../../ui/time-text.ts';
import styles from './PullProgress.module.css';

/** How far a real pull is, as the daemon counts it. */
export function PullProgress({ progress }: { progress: NonNullable<Diagnosis['progress']> }) {
  const { bytes, totalBytes, layersDone, layers, status } = progress;
  const isCounted = totalBytes > 0;
  return (
    <div className={styles.progress}>
      <progress
        aria-label="Pull"
        {...(isCounted ? { value: Math.min(bytes, totalBytes), max: totalBytes } : {})}
      />
      <span>
        {isCounted ? `${bytesText(bytes)} of ${bytesText(totalBytes)}` : bytesText(bytes)}
        {layers > 0 && `, ${layersDone} of ${countText(layers, 'layer')}`}
      </span>
      <small>{status}</small>
    </div>
  );
}
