import type { AttemptFilter } from '@pull-doctor/contract/attempts';
import { type Cause, causeFacts, causes } from '@pull-doctor/contract/causes';
import type { HostNames } from './host-names.ts';

/** A condition of SQL, with its values by name. */
export interface Condition {
  sql: string;
  values: Record<string, string | number>;
}

export interface KindFilter extends Condition {
  /** No kind is left out. */
  isEverything: boolean;
  /** Only what hours are counted by is asked for: host, registry, outcome, cause and door. */
  isCounted: boolean;
}

/** The causes that a filter lets through, by themselves or by their families; null: all, and those without. */
export function causesOf({ cause, family }: Pick<AttemptFilter, 'cause' | 'family'>): Cause[] | null {
  if (!cause && !family) return null;
  return causes.filter(
    (one) => (!cause || cause.includes(one)) && (!family || family.includes(causeFacts[one].family)),
  );
}

/** The part of a filter that a table decides which has a column for each facet: PullKind, named by an alias. */
export function kindFilter(filter: AttemptFilter, hosts: Pick<HostNames, 'find'>, alias: string): KindFilter {
  const parts: string[] = [];
  const values: Condition['values'] = {};
  const among = (column: string, allowed: readonly string[] | null | undefined) => {
    if (!allowed) return;
    for (const [index, value] of allowed.entries()) values[`${column}${index}`] = value;
    parts.push(`${alias}.${column} IN (${allowed.map((_, index) => `@${column}${index}`).join(', ')})`);
  };
  const { host, registry, repository, user, client, fingerprint } = filter;
  // A name that no host has is no reason to show all of them.
  if (host !== undefined)
    among(
      'hostId',
      [hosts.find(host)].filter((id) => id !== null),
    );
  among('registry', registry === undefined ? null : [registry]);
  among('outcome', filter.outcome);
  among('cause', causesOf(filter));
  among('door', filter.door);
  const counted = parts.length;
  among('repository', repository === undefined ? null : [repository]);
  among('user', user === undefined ? null : [user]);
  among('client', client === undefined ? null : [client]);
  among('fingerprint', fingerprint === undefined ? null : [fingerprint]);
  return {
    sql: parts.join(' AND ') || 'true',
    values,
    isEverything: parts.length === 0,
    isCounted: parts.length === counted,
  };
}
