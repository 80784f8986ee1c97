import { type FormEvent, useId, useState } from 'react';
import { serverNow } from '../../clock.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { type Range, shortInstant, spanOf } from './filters.ts';
import styles from './RangeDialog.module.css';

const minuteMs = 60_000;
// what a field of the browser takes: no zone, so its name stands beside the field
const fieldText = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

/** Asks for a range from and to a minute, in UTC as the rest of the page. */
export default function RangeDialog({
  range,
  onChoose,
  onClose,
}: {
  range: Range;
  /** As they stand in the address; an end in the present is empty. */
  onChoose: (from: string, to: string) => void;
  onClose: () => void;
}) {
  const id = useId();
  const [now] = useState(serverNow);
  const span = spanOf(range, now);
  const [from, setFrom] = useState(fieldText(Date.parse(span.from)));
  const [to, setTo] = useState(span.to === null ? '' : fieldText(Date.parse(span.to)));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const start = Date.parse(`${from}Z`);
    const end = to === '' ? null : Date.parse(`${to}Z`);
    if (Number.isNaN(start)) return setProblem('The range has no begin. Give a date and a time.');
    if (end !== null && !(end - start >= minuteMs))
      return setProblem('The range ends before it begins. Its end has to be a minute later at least.');
    onChoose(shortInstant(start), end === null ? '' : shortInstant(end));
    onClose();
  };
  return (
    <Dialog title="Custom range" onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <label htmlFor={`${id}-from`}>From, UTC</label>
        <input
          id={`${id}-from`}
          type="datetime-local"
          value={from}
          aria-describedby={problem ? `${id}-problem` : undefined}
          aria-invalid={problem !== null}
          onChange={({ target }) => setFrom(target.value)}
        />
        <label htmlFor={`${id}-to`}>To, UTC. Empty: until now</label>
        <input
          id={`${id}-to`}
          type="datetime-local"
          value={to}
          aria-describedby={problem ? `${id}-problem` : undefined}
          aria-invalid={problem !== null}
          onChange={({ target }) => setTo(target.value)}
        />
        {problem && (
          <p id={`${id}-problem`} role="alert">
            {problem}
          </p>
        )}
        <Button kind="primary" type="submit">
          Show this range
        </Button>
      </form>
    </Dialog>
  );
}
