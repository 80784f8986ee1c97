import type { MessageFailure } from '@pull-doctor/contract/message';
import { outcomeOfCause } from '../../../outcome.ts';
import { Button } from '../../../ui/Button.tsx';
import { Redactable } from '../../../ui/Redactable.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { countText } from '../../../ui/time-text.ts';
import styles from './TextPanel.module.css';

const shownMax = 5;

/** The other failures that a text tells of, each with its image and a way to diagnose that one. */
export function FurtherFailures({
  failures,
  ...rest
}: {
  failures: readonly MessageFailure[];
  /** The image that this diagnosis is about. */
  diagnosed: string | null;
  isBusy: boolean;
  onDiagnose: (image: string) => void;
}) {
  const folded = failures.slice(failures.length > shownMax + 1 ? shownMax : failures.length);
  return (
    <>
      <h3>{countText(failures.length, 'further failure')} in this text</h3>
      <FailureList failures={failures.slice(0, failures.length - folded.length)} {...rest} />
      {folded.length > 0 && (
        <details className={styles.more}>
          <summary>{folded.length} more</summary>
          <FailureList failures={folded} {...rest} />
        </details>
      )}
    </>
  );
}

function FailureList({
  failures,
  diagnosed,
  isBusy,
  onDiagnose,
}: {
  failures: readonly MessageFailure[];
  diagnosed: string | null;
  isBusy: boolean;
  onDiagnose: (image: string) => void;
}) {
  return (
    <ul className={styles.failures}>
      {failures.map(({ start, image, causes: [first] }) => (
        <li key={start}>
          <div>
            {image ? (
              <code>
                <Redactable text={image} />
              </code>
            ) : (
              <span>No image named</span>
            )}
            {first && <StatusBadge {...outcomeOfCause(first.cause)} />}
          </div>
          {image && image !== diagnosed && (
            <Button
              size="sm"
              disabled={isBusy}
              aria-label={`Diagnose ${image}`}
              onClick={() => onDiagnose(image)}
            >
              Diagnose
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
