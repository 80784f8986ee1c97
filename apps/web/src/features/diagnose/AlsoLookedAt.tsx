import { type Cause, causeFacts } from '@pull-doctor/contract/causes';
import type { Finding, OpenCause, RuledOut } from '@pull-doctor/contract/finding';
import type { ReactNode } from 'react';
import { Icon, type IconId } from '../../ui/Icon.tsx';
import { Redactable } from '../../ui/Redactable.tsx';
import { CauseLink } from '../causes/CauseLink.tsx';
import styles from './VerdictCard.module.css';

interface Row {
  cause: Cause;
  icon: IconId;
  says: string;
}

const shownMax = 5;

/** What it could also have been: other readings first, then what stays open, then what was ruled out. */
export function AlsoLookedAt({
  ruledOut,
  open,
  alternatives,
  section,
}: {
  ruledOut: readonly RuledOut[];
  open: readonly OpenCause[];
  alternatives: Finding['alternatives'];
  section: (children: ReactNode) => ReactNode;
}) {
  const rows: Row[] = [
    ...alternatives.map(({ cause, why, decides }) => ({
      cause,
      icon: 'help' as const,
      says: `Possible too: ${why} What decides: ${decides}`,
    })),
    ...open.map(({ cause, until }) => ({ cause, icon: 'help' as const, says: `Open until ${until}` })),
    ...ruledOut.map(({ cause, why }) => ({ cause, icon: 'x' as const, says: `Ruled out: ${why}` })),
  ];
  if (rows.length === 0) return null;
  const firstRows = rows.slice(0, rows.length > shownMax + 1 ? shownMax : rows.length);
  const moreRows = rows.slice(firstRows.length);
  return section(
    <>
      <RowList rows={firstRows} />
      {moreRows.length > 0 && (
        <details className={styles.more}>
          <summary>{moreRows.length} more</summary>
          <RowList rows={moreRows} />
        </details>
      )}
    </>,
  );
}

function RowList({ rows }: { rows: readonly Row[] }) {
  return (
    <ul className={styles.looked}>
      {rows.map(({ cause, icon, says }) => (
        <li key={`${cause}${says}`}>
          <b>
            <Icon id={icon} size="sm" />
            {/* what it is not needs no page to read on */}
            {icon === 'help' ? <CauseLink cause={cause} /> : causeFacts[cause].badge}
          </b>
          <span>
            <Redactable text={says} />
          </span>
        </li>
      ))}
    </ul>
  );
}
