import styles from './CausePage.module.css';
import type { Block } from './cause-page.ts';
import { InlineText } from './InlineText.tsx';

/**
 * Scrolls inside where it is wider than its place; on a phone each row is a card, and the roles are given because
 * `display` would take them away there.
 */
export function CauseTable({ heads, rows }: Extract<Block, { rows: unknown }>) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {heads.map((head, index) => (
              <th key={`${index}`} scope="col" role="columnheader">
                <InlineText text={head} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, index) => (
            <tr key={`${index}`} role="row">
              {row.map((cell, column) => (
                <td key={`${column}`} role="cell">
                  <InlineText text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
