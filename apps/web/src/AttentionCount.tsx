import type { RegistryBoard } from '@pull-doctor/contract/registries';
import { useQuery } from '@tanstack/react-query';
import { useChosenUser } from './chosen-user.ts';
import styles from './Layout.module.css';
import { boardQuery } from './queries.ts';

const inNeed = ({ items }: RegistryBoard): number =>
  items.filter(({ group }) => group === 'attention').length;

/** How many registries need attention, beside the overview's place; nothing where none does. */
export function AttentionCount() {
  const { data: count = 0 } = useQuery({ ...boardQuery(useChosenUser()), select: inNeed });
  if (count === 0) return null;
  return (
    <span className={styles.count} data-tone="invalid">
      {count}
      <span className="sr"> {count === 1 ? 'needs' : 'need'} attention</span>
    </span>
  );
}
