import { inputCharactersMax, type Recognition } from '@pull-doctor/contract/recognition';
import { redactText } from '@pull-doctor/contract/redact';
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { countText } from '../../ui/time-text.ts';
import { chipsOf, hiddenIn } from './chips.ts';
import styles from './DiagnoseField.module.css';
import { DiagnoseOptions } from './DiagnoseOptions.tsx';

interface Props {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
  recognition: Recognition | undefined;
  platform: string;
  /** The platform that counts where none is asked for. */
  defaultPlatform: string | null;
  onPlatform: (platform: string) => void;
  pull: boolean;
  onPull: (pull: boolean) => void;
  onStart: () => void;
  /** The button: Diagnose, Diagnose again, Stop. */
  action: ReactNode;
  hint?: string;
  isLarge?: boolean;
}

/** The field for an image, a command or an error text, and under it what was recognised. */
export function DiagnoseField(props: Props) {
  const { fieldRef, text, onText, recognition, platform, defaultPlatform } = props;
  const [areOptionsOpen, setOptionsOpen] = useState(false);
  const id = useId();
  useGrowing(fieldRef, text);
  const isTooLong = text.length > inputCharactersMax;
  const chips = chipsOf(recognition, hiddenIn(redactText(text).text));
  const shownPlatform = platform || recognition?.platform || defaultPlatform;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!isTooLong && text.trim()) props.onStart();
  };

  return (
    <form
      className={props.isLarge ? `${styles.field} ${styles.large}` : styles.field}
      onSubmit={(event) => {
        event.preventDefault();
        props.onStart();
      }}
    >
      <label className="sr" htmlFor={`${id}-text`}>
        Image, command or error text
      </label>
      <textarea
        id={`${id}-text`}
        ref={fieldRef}
        className={styles.text}
        rows={1}
        value={text}
        placeholder="docker pull …, an image, or an error text"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        aria-invalid={isTooLong || undefined}
        aria-describedby={`${id}-says`}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          const { value } = event.target;
          const { inputType } = event.nativeEvent as InputEvent;
          // what is pasted loses its secrets at once; what is typed loses them when it is sent
          const isPasted = inputType === 'insertFromPaste' || inputType === 'insertFromDrop';
          onText(isPasted ? redactText(value).text : value);
        }}
      />
      <div id={`${id}-says`} className={styles.says}>
        {isTooLong && (
          <p className={styles.problem}>
            <Icon id="invalid" size="sm" />
            {countText(text.length, 'character')} is more than can be read:{' '}
            {countText(inputCharactersMax, 'character')}. Leave the lines around the error.
          </p>
        )}
        {!isTooLong &&
          recognition?.problems.map(({ what, fix, at }) => (
            <p key={`${at}${what}`} className={styles.problem}>
              <Icon id="invalid" size="sm" />
              <span>{what}</span>
              {fix && (
                <Button size="sm" onClick={() => onText(fix)}>
                  Use {fix}
                </Button>
              )}
            </p>
          ))}
      </div>
      <div className={styles.bar}>
        {props.hint && chips.length === 0 ? <span className={styles.hint}>{props.hint}</span> : null}
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
        {props.action}
      </div>
      <div id={`${id}-options`} hidden={!areOptionsOpen}>
        {areOptionsOpen && (
          <DiagnoseOptions
            platform={platform}
            placeholder={recognition?.platform ?? defaultPlatform}
            onPlatform={props.onPlatform}
            pull={props.pull}
            onPull={props.onPull}
          />
        )}
      </div>
    </form>
  );
}

const rowsMax = 10;

/** Grows with its text up to ten lines, then scrolls. */
function useGrowing(fieldRef: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const field = fieldRef.current;
    if (!field) return;
    field.style.height = 'auto';
    const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(field);
    const [line = 0, ...paddings] = [lineHeight, paddingTop, paddingBottom].map(Number.parseFloat);
    const heightMax = paddings.reduce((sum, padding) => sum + padding, line * rowsMax);
    field.style.height = `${Math.min(field.scrollHeight, heightMax)}px`;
  }, [text]);
}
