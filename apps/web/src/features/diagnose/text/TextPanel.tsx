import { causeFacts } from '@pull-doctor/contract/causes';
import type { MessageReading, SignFound } from '@pull-doctor/contract/message';
import { confidenceOf, outcomeOfCause } from '../../../outcome.ts';
import { ConfidenceBars } from '../../../ui/ConfidenceBars.tsx';
import { EvidencePanel } from '../../../ui/EvidencePanel.tsx';
import { Redactable } from '../../../ui/Redactable.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { CauseLink } from '../../causes/CauseLink.tsx';
import { factsBlock } from '../evidence/text.ts';
import { FurtherFailures } from './FurtherFailures.tsx';
import { MarkedText } from './MarkedText.tsx';
import { marksOf, numberOf, type Phrase, phrasesOf } from './marked-text.ts';
import styles from './TextPanel.module.css';

/** An error text as it was read: the phrases that decided, what each says, what stays open, and whatever else it tells. */
export function TextPanel({
  text,
  reading,
  image,
  isBusy,
  onDiagnose,
}: {
  text: string;
  reading: MessageReading;
  /** The image that is diagnosed, in words; null where none is. */
  image: string | null;
  isBusy: boolean;
  /** Diagnoses the text again, for another image of it. */
  onDiagnose: (image: string) => void;
}) {
  const phrases = phrasesOf(reading.causes);
  const [first] = reading.causes;
  const others = reading.groups.slice(1);
  return (
    <div className={styles.panel} data-tone={first && causeFacts[first.cause].tint}>
      {others.length > 0 && (
        <p>
          This text tells of {reading.groups.length} failures.{' '}
          {image ? (
            <>
              Diagnosed is <code>{image}</code>.
            </>
          ) : (
            'None of them names an image.'
          )}
        </p>
      )}
      <MarkedText text={text} marks={marksOf(phrases)} />
      <h3>What the text alone tells</h3>
      <ul className={styles.causes}>
        {reading.causes.map(({ cause, certainty, signs, decides }) => (
          <li key={cause}>
            <div className={styles.badges}>
              <CauseLink cause={cause}>
                <StatusBadge {...outcomeOfCause(cause)} />
              </CauseLink>
              <ConfidenceBars {...confidenceOf({ certainty, confirmedBy: null })} />
            </div>
            <Meanings signs={signs} phrases={phrases} />
            {decides && (
              <p>
                <b>What decides:</b> {decides}
              </p>
            )}
          </li>
        ))}
      </ul>
      <EvidencePanel blocks={[factsBlock(reading)]} />
      {others.length > 0 && (
        <FurtherFailures failures={others} diagnosed={image} isBusy={isBusy} onDiagnose={onDiagnose} />
      )}
    </div>
  );
}

function Meanings({ signs, phrases }: { signs: readonly SignFound[]; phrases: readonly Phrase[] }) {
  if (signs.length === 0) return <p>No known phrase names it.</p>;
  return (
    <ul className={styles.meanings}>
      {signs.map((sign) => (
        <li key={`${sign.start} ${sign.end} ${sign.says}`}>
          <span className={styles.number}>{numberOf(phrases, sign)}</span>
          <span>
            <span className="sr">
              “<Redactable text={sign.phrase} />
              ”:{' '}
            </span>
            {sign.says}
          </span>
        </li>
      ))}
    </ul>
  );
}
