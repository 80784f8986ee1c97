import { inputCharactersMax } from '@pull-doctor/contract/recognition';
import { type ReactNode, type RefObject, useId, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { countText } from '../../ui/time-text.ts';
import { chipsOf } from './chips.ts';
import styles from './DiagnoseField.module.css';
import { DiagnoseOptions } from './DiagnoseOptions.tsx';
import { type FieldMarks, FieldText } from './FieldText.tsx';
import { ImageField } from './ImageField.tsx';
import type { Question } from './useQuestion.ts';

/** The field for an image, a command or an error text, and under it what was recognised. */
export function DiagnoseField({
  fieldRef,
  question,
  defaultPlatform,
  marked,
  onStart,
  action,
  hint,
  isLarge = false,
}: {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  question: Question;
  /** The platform that counts where none is asked for. */
  defaultPlatform: string | null;
  /** What decided, where this text has been diagnosed already. */
  marked?: FieldMarks | undefined;
  onStart: () => void;
  /** The button: Diagnose, Diagnose again, Stop. */
  action: ReactNode;
  hint?: string;
  isLarge?: boolean;
}) {
  const [areOptionsOpen, setOptionsOpen] = useState(false);
  const id = useId();
  const { recognition, isTooLong, platform } = question;
  const chips = chipsOf(recognition, question.secretsHidden);
  const shownPlatform = platform || recognition?.platform || defaultPlatform;
  const begin = () => {
    if (question.request) onStart();
  };

  return (
    <form
      className={styles.field}
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <label className="sr" htmlFor={`${id}-text`}>
        Image, command or error text
      </label>
      <FieldText
        id={`${id}-text`}
        fieldRef={fieldRef}
        text={question.text}
        onText={question.setText}
        onEnter={begin}
        marked={marked}
        describedBy={`${id}-says`}
        isInvalid={isTooLong}
        size={isLarge ? 'large' : 'small'}
      />
      <div id={`${id}-says`} className={styles.says}>
        <Says question={question} />
      </div>
      {question.asksImage && (
        <ImageField
          image={question.image}
          onImage={question.setImage}
          onEnter={begin}
          why={whyImage(question)}
        />
      )}
      <div className={styles.bar}>
        {hint && chips.length === 0 && !isTooLong ? <span className={styles.hint}>{hint}</span> : null}
        {chips.length > 0 && (
          <ul className={styles.chips} aria-label="Recognised">
            {chips.map(({ id: chipId, icon, text: chipText }) => (
              <li
                key={chipId}
                className={styles.chip}
                data-optional={chipId === 'kind' || chipId === 'secrets' ? undefined : ''}
              >
                <Icon id={icon} size="sm" />
                <span>{chipText}</span>
              </li>
            ))}
            {shownPlatform && (
              <li>
                <button
                  type="button"
                  className={`${styles.chip} ${styles.chipButton}`}
                  aria-label={`Platform ${shownPlatform}, change it`}
                  onClick={() => setOptionsOpen(true)}
                >
                  <Icon id="layers" size="sm" />
                  <span>{shownPlatform}</span>
                  <Icon id="down" size="sm" />
                </button>
              </li>
            )}
          </ul>
        )}
        <Button
          kind="quiet"
          icon="settings"
          aria-expanded={areOptionsOpen}
          aria-controls={`${id}-options`}
          onClick={() => setOptionsOpen(!areOptionsOpen)}
        >
          Options
        </Button>
        {action}
      </div>
      <div id={`${id}-options`} hidden={!areOptionsOpen}>
        {areOptionsOpen && (
          <DiagnoseOptions
            platform={platform}
            placeholder={recognition?.platform ?? defaultPlatform}
            onPlatform={question.setPlatform}
            pull={question.pull}
            onPull={question.setPull}
          />
        )}
      </div>
    </form>
  );
}

function whyImage({ recognition, isImageOptional }: Question): string {
  if (recognition?.reference)
    return 'This one is diagnosed in place of the image that the text names. Leave it empty to diagnose that one.';
  return isImageOptional
    ? 'The text does not say. With an image, its registry is asked as well; without one, the text alone is judged.'
    : 'No words of this text are known, and it names no image. With one, its registry is asked what is wrong.';
}

/** What is wrong with the text, or has to be known about it before it is sent. */
function Says({ question }: { question: Question }) {
  const { isTooLong, characters, keepEnd, recognition, setText, failures, image } = question;
  if (isTooLong)
    return (
      <p className={styles.problem} role="alert">
        <Icon id="invalid" size="sm" />
        <span>
          This text has {countText(characters, 'character')}. {inputCharactersMax.toLocaleString('en')} can be
          read at once. In a log, the error stands near the end.
        </span>
        <Button size="sm" onClick={keepEnd}>
          Keep the end
        </Button>
      </p>
    );
  return (
    <>
      {recognition?.problems.map(({ what, fix, at }) => (
        <p key={`${at}${what}`} className={styles.problem}>
          <Icon id="invalid" size="sm" />
          <span>{what}</span>
          {fix && (
            <Button size="sm" onClick={() => setText(fix)}>
              Use <span className={styles.fix}>{fix}</span>
            </Button>
          )}
        </p>
      ))}
      {failures && !image && (
        <p className={styles.note}>
          <Icon id="info" size="sm" />
          <span>
            This text tells of {countText(failures.count, 'failure')}. <code>{failures.image}</code> is
            diagnosed.
          </span>
        </p>
      )}
    </>
  );
}
