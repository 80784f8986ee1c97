import { Fragment, useMemo, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Redactable } from '../../../ui/Redactable.tsx';
import { countText } from '../../../ui/time-text.ts';
import { excerptOf, lengthOf, linesIn } from './excerpt.ts';
import { partsOf, type TextMark } from './marked-text.ts';
import styles from './TextPanel.module.css';

/** A text with its marks, each with the numbers of its phrases. Of a long one the lines around the marks, or all of it. */
export function MarkedText({ text, marks }: { text: string; marks: readonly TextMark[] }) {
  const [isWhole, setWhole] = useState(false);
  const excerpt = useMemo(() => excerptOf(text, marks), [text, marks]);
  const canUnfold = excerpt.length > 1;
  const shown = isWhole ? [{ start: 0, end: text.length, isLeftOut: false }] : excerpt;
  const lines = linesIn(text.trimEnd());
  return (
    <figure aria-label="The text, with what decided marked">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre className={styles.text} tabIndex={0}>
        {shown.map((stretch) => {
          if (stretch.isLeftOut) {
            const { count, unit } = lengthOf(text, stretch);
            return (
              <span key={stretch.start} className={styles.gap}>
                {countText(count, unit)} left out
              </span>
            );
          }
          return (
            <Fragment key={stretch.start}>
              {partsOf(text, marks, stretch.start, stretch.end).map(({ start, text: part, numbers }) =>
                numbers.length > 0 ? (
                  <mark key={start}>
                    <Redactable text={part} />
                    {numbers.map((number) => (
                      <span key={number} className={styles.number}>
                        {number}
                      </span>
                    ))}
                  </mark>
                ) : (
                  <Redactable key={start} text={part} />
                ),
              )}
            </Fragment>
          );
        })}
      </pre>
      {canUnfold && (
        <div className={styles.unfold}>
          <Button kind="quiet" size="sm" icon={isWhole ? 'up' : 'down'} onClick={() => setWhole(!isWhole)}>
            {isWhole
              ? 'Show what decided'
              : lines > 1
                ? `Show all ${countText(lines, 'line')}`
                : `Show all ${countText(text.length, 'character')}`}
          </Button>
        </div>
      )}
    </figure>
  );
}
