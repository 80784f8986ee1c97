import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useNow } from '../../clock.ts';
import { useShortcuts } from '../../keyboard.ts';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useIsPhone } from '../../ui/useIsPhone.ts';
import { AttemptRow, gridOf } from './AttemptRow.tsx';
import styles from './AttemptTable.module.css';
import { type Column, columnNames } from './columns.ts';
import type { Sort } from './filters.ts';
import type { AttemptRow as Row } from './fold.ts';
import pageStyles from './HistoryPage.module.css';
import { useRowFocus } from './useRowFocus.ts';

const rowPx = { wide: 42, phone: 61 };
// up to here all rows are in the document, so that the browser finds and prints them
const allRowsMax = 100;
const overscan = 10;
// what lies over the rows at the top and, on phones, at the bottom
const coverPx = { top: 60, bottom: 72 };
const prefetchAt = 0.6;

interface Props {
  rows: readonly Row[];
  columns: readonly Column[];
  /** All rows that there are; null where that is not known yet. */
  rowCount: number | null;
  isGrouped: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selected: string | null;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
  onDiagnosis: (id: string) => void;
  /** Asks for the next page; null where there is none, or it is on its way. */
  onMore: (() => void) | null;
  /** New rows have just come in at the top. */
  isSliding: boolean;
  foot: ReactNode;
}

/** The attempts as a table, of which only what can be seen is in the document. Cards on phones. */
export function AttemptTable(props: Props) {
  const { rows, columns, rowCount, selected, hrefOf, onOpen, onDiagnosis, isSliding, foot } = props;
  const height = useIsPhone() ? rowPx.phone : rowPx.wide;
  const now = useNow(10_000);
  const body = useRef<HTMLTableSectionElement>(null);
  const focus = useRowFocus(body);
  const scrollMargin = useTopOf(body);
  const { focused } = focus;
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: rows.length < allRowsMax ? allRowsMax : overscan,
    scrollMargin,
    scrollPaddingStart: coverPx.top,
    scrollPaddingEnd: coverPx.bottom,
    rangeExtractor: useCallback(
      (range: Range) => {
        const seen = defaultRangeExtractor(range);
        return focused === null || seen.includes(focused) || focused >= range.count
          ? seen
          : [...seen, focused].sort((a, b) => a - b);
      },
      [focused],
    ),
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height]);
  focus.places.current = {
    count: rows.length,
    firstSeen: () => Math.max(Math.ceil((window.scrollY + coverPx.top - scrollMargin) / height), 0),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  };
  usePrefetch(virtualizer.range?.endIndex ?? 0, rows.length, props.onMore);
  useShortcuts(useMemo(() => ({ next: () => focus.step(1), previous: () => focus.step(-1) }), [focus.step]));
  useFocusBack(selected, rows, focus.focusRow);
  useSelectedInSight(selected, rows, focus.places.current.scrollTo);
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('[data-attempt]') : null;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    const { attempt = '', diagnosis } = link.dataset;
    if (diagnosis) onDiagnosis(diagnosis);
    else onOpen(attempt);
  };
  return (
    <Card label="Pull attempts">
      <table
        className={`${pageStyles.table} ${styles.table}`}
        role="table"
        aria-label="Pull attempts"
        aria-rowcount={rowCount === null ? -1 : rowCount + 1}
        style={{ '--columns': gridOf(columns) } as CSSProperties}
      >
        <Head {...props} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click and Enter on the link in a row come here alike */}
        <tbody
          ref={body}
          role="rowgroup"
          data-sliding={isSliding || undefined}
          style={{ height: rows.length * height }}
          onClick={onClick}
          {...focus.on}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <AttemptRow
                  key={row.id}
                  row={row}
                  index={index}
                  top={start - scrollMargin}
                  now={now}
                  columns={columns}
                  isSelected={selected !== null && row.attempts.some(({ id }) => id === selected)}
                  href={hrefOf(row.id)}
                />
              )
            );
          })}
        </tbody>
      </table>
      <div className={pageStyles.foot}>{foot}</div>
    </Card>
  );
}

function Head({ columns, isGrouped, sort, onSort }: Props) {
  const sorted = (name: 'time' | 'image' | 'took', says: string) => {
    const isUp = sort === name;
    const isDown = sort === `-${name}`;
    // an image begins with A, the rest with the newest and the slowest
    const next: Sort = name === 'image' ? (isUp ? '-image' : 'image') : isDown ? name : `-${name}`;
    return (
      <th
        scope="col"
        role="columnheader"
        data-column={name}
        aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}
      >
        {isGrouped && name !== 'time' ? (
          says
        ) : (
          <button type="button" onClick={() => onSort(next)}>
            {says}
            {(isUp || isDown) && <Icon id={isUp ? 'up' : 'down'} size="sm" />}
          </button>
        )}
      </th>
    );
  };
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        {sorted('time', 'Time, UTC')}
        <th scope="col" role="columnheader">
          Result
        </th>
        {sorted('image', 'Image')}
        {columns.map((column) =>
          column === 'took' ? (
            sorted('took', columnNames.took)
          ) : (
            <th key={column} scope="col" role="columnheader">
              {columnNames[column]}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}

/** Where something begins in the document; what stands over it may grow and shrink. */
function useTopOf(element: { current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect();
      if (box) setTop(Math.round(box.top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    const main = document.getElementById('main');
    for (const child of main?.children ?? []) observer.observe(child);
    return () => observer.disconnect();
  }, [element]);
  return top;
}

/** Asks for the next page where 60% of what is there was passed. */
function usePrefetch(end: number, count: number, onMore: (() => void) | null): void {
  const isPassed = end >= count * prefetchAt;
  useEffect(() => {
    if (isPassed) onMore?.();
  }, [isPassed, onMore]);
}

/** When the drawer closes, the row that it was about has the focus again. */
function useFocusBack(
  selected: string | null,
  rows: readonly Row[],
  focusRow: (index: number) => void,
): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const was = last.current;
    last.current = selected;
    if (selected !== null || was === null) return;
    // a click elsewhere has its own focus
    const focused = document.activeElement;
    if (focused && focused !== document.body && focused.id !== 'main') return;
    const index = rows.findIndex(({ attempts }) => attempts.some(({ id }) => id === was));
    if (index >= 0) focusRow(index);
  }, [selected, rows, focusRow]);
}

/** Where the drawer goes on to another attempt, the list follows. */
function useSelectedInSight(
  selected: string | null,
  rows: readonly Row[],
  scrollTo: (index: number) => void,
): void {
  const last = useRef(selected);
  useEffect(() => {
    const was = last.current;
    last.current = selected;
    if (selected === null || was === null || was === selected) return;
    const index = rows.findIndex(({ attempts }) => attempts.some(({ id }) => id === selected));
    if (index >= 0) scrollTo(index);
  }, [selected, rows, scrollTo]);
}
