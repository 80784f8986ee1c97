import { causeList } from 'virtual:cause-list';
import type { Cause } from '@pull-doctor/contract/causes';
import type { ReactNode } from 'react';
import { outcomeOfCause } from '../../outcome.ts';
import { Icon } from '../../ui/Icon.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { CauseLink } from './CauseLink.tsx';
import styles from './CausesPage.module.css';
import { InlineText } from './InlineText.tsx';

/** One cause in a list: its badge, what it is, and what else there is to say about it. */
export function CauseRow({
  cause,
  hash,
  children,
}: {
  cause: Cause;
  hash?: string | undefined;
  children?: ReactNode;
}) {
  const entry = causeList.find((known) => known.cause === cause);
  if (!entry) return null;
  return (
    <li data-row="">
      <CauseLink cause={cause} hash={hash} className={styles.row}>
        <span className={styles.badge}>
          <StatusBadge {...outcomeOfCause(cause)} />
        </span>
        <span className={styles.says}>
          <b>{entry.title}</b>
          <span className={styles.summary}>
            <InlineText text={entry.summary} />
          </span>
          {children}
        </span>
        <span className={styles.go}>
          <Icon id="right" size="sm" />
        </span>
      </CauseLink>
    </li>
  );
}
