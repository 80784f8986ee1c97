import { inputCharactersMax } from '@pull-doctor/contract/recognition';
import { redactText } from '@pull-doctor/contract/redact';
import {
  type ChangeEvent,
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
} from 'react';
import { announce } from '../../announce.tsx';
import { redactedParts } from '../../ui/Redactable.tsx';
import { countText } from '../../ui/time-text.ts';
import type { Tone } from '../../ui/tone.ts';
import { hiddenIn } from './chips.ts';
import styles from './FieldText.module.css';
import { hidePasted } from './hide-pasted.ts';
import { partsOf, type TextMark } from './text/marked-text.ts';

/** The phrases that are marked in the field, and the status whose colours they take. */
export interface FieldMarks {
  marks: readonly TextMark[];
  tone: Tone;
}

/**
 * The lines of the Diagnose field. It grows with its text, hides the secrets of what is pasted, and marks what decided:
 * behind the letters, since a field that can be edited takes no marks of its own.
 */
export function FieldText({
  id,
  fieldRef,
  text,
  onText,
  onEnter,
  marked,
  describedBy,
  isInvalid,
  size,
}: {
  id: string;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
  onEnter: () => void;
  marked?: FieldMarks | undefined;
  describedBy: string;
  isInvalid: boolean;
  /** small: gives way to what is under it on a phone. */
  size: 'large' | 'small';
}) {
  const behind = useRef<HTMLDivElement>(null);
  useGrowing(fieldRef, behind, text);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onEnter();
  };

  return (
    <div className={styles.paper} {...(size === 'large' ? { 'data-large': '' } : { 'data-small': '' })}>
      <div ref={behind} className={styles.behind} data-tone={marked?.tone} aria-hidden="true">
        {text.length <= inputCharactersMax && <Marked text={text} marks={marked?.marks ?? []} />}
      </div>
      <textarea
        id={id}
        ref={fieldRef}
        className={styles.text}
        rows={1}
        value={text}
        placeholder="docker pull …, an image, or an error text"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        enterKeyHint="go"
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        onKeyDown={onKeyDown}
        onPaste={(event) => pasteHidden(event, onText)}
        onChange={(event) =>
          onText(isTyped(event) ? event.target.value : redactText(event.target.value).text)
        }
        onScroll={({ currentTarget }) => {
          if (behind.current) behind.current.scrollTop = currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

function Marked({ text, marks }: { text: string; marks: readonly TextMark[] }) {
  return (
    <>
      {partsOf(text, marks).map(({ start, text: part, numbers }) =>
        numbers.length > 0 ? (
          <mark key={start}>{part}</mark>
        ) : (
          redactedParts(part).map(({ start: at, text: piece, isMark }) =>
            isMark ? <i key={start + at}>{piece}</i> : piece,
          )
        ),
      )}
      {/* a line end at the end makes a line in the field, and none here */}
      {'\n'}
    </>
  );
}

/**
 * What is typed loses its secrets when it is sent: replacing text under the fingers would be worse. Everything else that
 * brings text (a drop, a step back or forth, a correction) loses them at once.
 */
function isTyped({ nativeEvent }: ChangeEvent<HTMLTextAreaElement>): boolean {
  const inputType = nativeEvent instanceof InputEvent ? nativeEvent.inputType : '';
  return /^(?:insertText|insertLineBreak|insertCompositionText|delete)/.test(inputType);
}

/** Puts a paste in without its secrets, so that the browser's undo never held them and cannot bring them back. */
function pasteHidden(event: ClipboardEvent<HTMLTextAreaElement>, onText: (text: string) => void): void {
  const field = event.currentTarget;
  const { value, selectionStart, selectionEnd } = field;
  const pasted = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n');
  if (pasted.length > inputCharactersMax) {
    // it cannot be sent as it is; and what keeps undo takes a browser minutes for two megabytes
    event.preventDefault();
    onText(redactText(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd)).text);
    return;
  }
  const found = hidePasted(value, { start: selectionStart, end: selectionEnd }, pasted);
  if (!found) return;
  event.preventDefault();
  announce(`${countText(hiddenIn(found.text), 'secret')} hidden`);
  field.setSelectionRange(found.start, found.end);
  // the only way to put text in that keeps undo; where a browser has dropped it, undo is what is lost
  if (!document.execCommand('insertText', false, found.text))
    onText(value.slice(0, found.start) + found.text + value.slice(found.end));
}

const rowsMax = 10;

/** Grows with its text up to ten lines, then scrolls; also when its width changes. */
function useGrowing(
  fieldRef: RefObject<HTMLTextAreaElement | null>,
  behind: RefObject<HTMLDivElement | null>,
  text: string,
): void {
  const grow = useCallback(() => {
    const field = fieldRef.current;
    if (!field) return;
    field.style.height = 'auto';
    const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(field);
    const [line = 0, ...paddings] = [lineHeight, paddingTop, paddingBottom].map(Number.parseFloat);
    const heightMax = paddings.reduce((sum, padding) => sum + padding, line * rowsMax);
    field.style.height = `${Math.min(field.scrollHeight, heightMax)}px`;
    if (!behind.current) return;
    // the scroll bar takes its width from the lines
    behind.current.style.width = `${field.clientWidth}px`;
    behind.current.scrollTop = field.scrollTop;
  }, [fieldRef, behind]);
  // its height follows from the text
  useLayoutEffect(grow, [grow, text]);
  useLayoutEffect(() => {
    const field = fieldRef.current;
    if (!field) return;
    let width = field.offsetWidth;
    const observer = new ResizeObserver(() => {
      if (field.offsetWidth === width) return;
      width = field.offsetWidth;
      grow();
    });
    observer.observe(field);
    return () => observer.disconnect();
  }, [fieldRef, grow]);
}
