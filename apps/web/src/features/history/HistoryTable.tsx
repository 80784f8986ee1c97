import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { SkeletonLine } from '../../ui/Skeleton.tsx';
import { ageText, clockText, dateText, momentText } from '../../ui/time-text.ts';
import styles from './HistoryPage.module.css';

const dayMs = 24 * 60 * 60 * 1000;

/** A table on wide screens, cards on narrow ones. The roles are given because `display` would take them away there. */
export function HistoryTable({
  label,
  heads,
  children,
  foot,
}: {
  label: string;
  heads: readonly { name: string; isRight?: boolean }[];
  children: ReactNode;
  foot: ReactNode;
}) {
  return (
    <Card label={label}>
      <table className={styles.table} role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {heads.map(({ name, isRight }) => (
              <th key={name} scope="col" role="columnheader" className={isRight ? styles.right : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
      <div className={styles.foot}>{foot}</div>
    </Card>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return (
    <tr role="row" data-row="">
      {children}
    </tr>
  );
}

export function Cell({
  name,
  children,
}: {
  name: 'time' | 'result' | 'image' | 'more' | 'right';
  children: ReactNode;
}) {
  return (
    <td role="cell" className={styles[name]}>
      {children}
    </td>
  );
}

/** Clock time, then age; the date where it is over a day ago. */
export function When({ at, now }: { at: string; now: number }) {
  const isOld = now - Date.parse(at) > dayMs;
  return (
    <time dateTime={at} title={momentText(at)} data-old={isOld || undefined}>
      <b>{isOld ? dateText(at) : clockText(at)}</b>
      <span>{isOld ? clockText(at) : ageText(at, now)}</span>
    </time>
  );
}

export function MoreButton({ isBusy, onMore }: { isBusy: boolean; onMore: () => void }) {
  return (
    <Button icon={isBusy ? 'running' : 'down'} disabled={isBusy} onClick={onMore}>
      {isBusy ? 'Loading' : 'Show older'}
    </Button>
  );
}

export function ListSkeleton() {
  return (
    <Card label="Loading">
      <div className={styles.skeleton}>
        {[64, 52, 70, 58, 66, 48].map((width) => (
          <SkeletonLine key={width} width={width} />
        ))}
      </div>
    </Card>
  );
}
