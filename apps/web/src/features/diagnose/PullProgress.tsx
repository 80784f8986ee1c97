import type { Diagnosis, LayerProgress } from '@pull-doctor/contract/diagnoses';
import { bytesText } from '../../ui/time-text.ts';
import styles from './PullProgress.module.css';
import { layerStates, pullSentence } from './pull-words.ts';

/** How far a real pull is, as the daemon counts it: in all, and layer by layer. */
export function PullProgress({ progress }: { progress: NonNullable<Diagnosis['progress']> }) {
  const { bytes, totalBytes, each, status } = progress;
  return (
    <div className={styles.progress}>
      <progress
        aria-label="Pull"
        {...(totalBytes > 0 ? { value: Math.min(bytes, totalBytes), max: totalBytes } : {})}
      />
      <span>{pullSentence(progress)}</span>
      <small>{status}</small>
      {each.length > 0 && (
        <ul className={styles.layers} aria-label="Layers">
          {each.map((layer) => (
            <Layer key={layer.id} layer={layer} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Layer({ layer: { id, state, bytes, totalBytes } }: { layer: LayerProgress }) {
  const share = totalBytes ? Math.min(bytes / totalBytes, 1) : 0;
  return (
    <li data-state={state}>
      <code>{id}</code>
      <i className={styles.bar} aria-hidden="true">
        <i style={{ width: `${(layerStates[state].isWhole ? 1 : share) * 100}%` }} />
      </i>
      <span>{layerStates[state].word}</span>
      <span className={styles.size}>
        {totalBytes === null ? '' : `${bytesText(bytes)} of ${bytesText(totalBytes)}`}
      </span>
    </li>
  );
}
