import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { memo, type ReactNode } from 'react';
import { outcomeOfAttempt } from '../../outcome.ts';
import { ImageName } from '../../ui/ImageName.tsx';
import { StatusWord } from '../../ui/StatusBadge.tsx';
import { secondsText } from '../../ui/time-text.ts';
import styles from './AttemptTable.module.css';
import type { Column } from './columns.ts';
import { doorNames } from './doors.ts';
import type { AttemptRow as Row } from './fold.ts';
import pageStyles from './HistoryPage.module.css';
import { When } from './HistoryTable.tsx';

interface Props {
  row: Row;
  /** From 0, in the whole list. */
  index: number;
  top: number;
  now: number;
  columns: readonly Column[];
  isSelected: boolean;
  href: string;
}

/** One pull, or repeats of it. Drawn anew only where something in it changed: a list scrolls through hundreds of these. */
export const AttemptRow = memo(function AttemptRow({
  row,
  index,
  top,
  now,
  columns,
  isSelected,
  href,
}: Props) {
  const [attempt] = row.attempts;
  const outcome = outcomeOfAttempt(attempt);
  const times = row.attempts.length;
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td role="cell" className={`${pageStyles.time} ${styles.time}`}>
        <When at={attempt.startedAt} now={now} />
      </td>
      <td role="cell" className={styles.result}>
        <StatusWord {...outcome} isQuiet={outcome.tone === 'ok'} />
        {times > 1 && <span className={styles.times}>{times} times</span>}
      </td>
      <td role="cell" className={styles.image}>
        <a
          href={href}
          className={pageStyles.link}
          data-attempt={attempt.id}
          data-diagnosis={attempt.outcome === 'running' ? (attempt.diagnosisId ?? undefined) : undefined}
          aria-current={isSelected || undefined}
        >
          <Image attempt={attempt} />
        </a>
      </td>
      {columns.map((column) => (
        <td role="cell" key={column} className={styles.more} data-column={column}>
          {cells[column](attempt)}
        </td>
      ))}
    </tr>
  );
});

const text = (value: string | null): ReactNode => value && <span title={value}>{value}</span>;

const cells: Record<Column, (attempt: PullAttempt) => ReactNode> = {
  registry: ({ registry }) => text(registry),
  host: ({ host }) => text(host),
  platform: ({ platform }) => text(platform),
  digest: ({ digest }) => digest && <code title={digest}>{digest.replace(/^sha256:/, '').slice(0, 12)}</code>,
  door: ({ door }) => doorNames[door],
  client: ({ client }) => text(client),
  user: ({ user }) => text(user),
  took: ({ tookMs }) => tookMs !== null && secondsText(tookMs, 1),
};

/** What was pulled, as far as it was told. */
export function Image({
  attempt: { reference, registry, repository, tag, digest },
}: {
  attempt: PullAttempt;
}) {
  if (reference === null)
    return (
      <span className={styles.unnamed}>
        {registry ? `an image of ${registry}` : 'an image that the log does not name'}
      </span>
    );
  // a pull by tag has found a digest besides; what was asked for is the tag
  const byDigest = digest ? `@${digest.slice(0, 19)}…` : '';
  const version = tag ? `:${tag}` : byDigest;
  return (
    <ImageName
      head={registry ? `${registry}/` : ''}
      rest={`${repository ?? ''}${version}` || reference}
      whole={reference}
    />
  );
}

/** How wide each column is. */
export function gridOf(columns: readonly Column[]): string {
  const widths: Record<Column, string> = {
    registry: 'minmax(0, 12rem)',
    host: 'minmax(0, 8rem)',
    platform: 'minmax(0, 7rem)',
    digest: '7.5rem',
    door: '8.5rem',
    client: 'minmax(0, 7.5rem)',
    user: 'minmax(0, 6.5rem)',
    took: '5rem',
  };
  return ['10.5rem', '13rem', 'minmax(12rem, 1fr)', ...columns.map((column) => widths[column])].join(' ');
}
