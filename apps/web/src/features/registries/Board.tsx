import type { RegistryRow as Row } from '@pull-doctor/contract/registries';
import type { ReactNode } from 'react';
import { groupOutcomes } from '../../login-outcome.ts';
import { StatusMark } from '../../ui/StatusBadge.tsx';
import styles from './Board.module.css';
import { RegistryRow } from './RegistryRow.tsx';
import { groupsOf } from './row-words.ts';

/** The registries in their groups, those that need something first. */
export function Board({
  rows,
  user,
  isStale,
  foot,
}: {
  rows: readonly Row[];
  user: string | undefined;
  isStale: boolean;
  foot?: ReactNode;
}) {
  const first = rows[0]?.group === 'attention' ? rows[0].host : undefined;
  return (
    <section className={styles.board} aria-label="Registries">
      {groupsOf(rows).map(({ group, rows: inGroup }) => {
        const { tone, icon, word } = groupOutcomes[group];
        return (
          <div key={group} className={styles.group}>
            <h2>
              <StatusMark tone={tone} icon={icon} />
              {word} <span>{inGroup.length}</span>
            </h2>
            <ul>
              {inGroup.map((row) => (
                <RegistryRow
                  key={row.host}
                  row={row}
                  user={user}
                  isFirst={row.host === first}
                  isStale={isStale}
                />
              ))}
            </ul>
          </div>
        );
      })}
      {foot}
    </section>
  );
}
