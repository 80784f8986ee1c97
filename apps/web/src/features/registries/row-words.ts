import type { Cause } from '@pull-doctor/contract/causes';
import type { BoardGroup, CredentialEnd, RegistryRow } from '@pull-doctor/contract/registries';
import { groupOutcomes, loginOutcomes } from '../../login-outcome.ts';
import type { EndVerdict } from '../../ui/Expiry.tsx';
import type { IconId } from '../../ui/Icon.tsx';
import { ageText, clockText, dateText, momentText, spanText } from '../../ui/time-text.ts';
import type { VitalsSegment } from '../../ui/VitalsBar.tsx';

const dayMs = 86_400_000;

/** What the last check made of the end of a credential. */
export function endVerdict({ status, end }: Pick<RegistryRow, 'status' | 'end'>): EndVerdict {
  if (end.state === 'nothing' || end.state === 'no-expiry') return 'calm';
  if (status === 'expired') return 'over';
  return status === 'expiring' ? 'soon' : 'calm';
}

/** The short line under a countdown: when that is, what renews it, or what kind of credential does not tell. */
export function underEnd(
  { end, credential, status, group }: Pick<RegistryRow, 'end' | 'credential' | 'status' | 'group'>,
  now: number,
): string | null {
  if (end.state === 'nothing') return status === 'missing' && group === 'fine' ? 'public images only' : null;
  if (end.state === 'renews-itself') return end.endsAt === null ? (end.renewedBy ?? null) : 'renews itself';
  if (end.endsAt === null) return credential?.looksLike ?? null;
  const at = Date.parse(end.endsAt);
  if (Math.abs(at - now) >= 2 * dayMs) return dateText(end.endsAt);
  const clock = `${clockText(end.endsAt).slice(0, 5)}\u00a0UTC`;
  return at > now ? `at ${clock}` : clock;
}

/** The lines of an end's tooltip: the moment, the same where the reader is, and how it is known. */
export function endLines(end: CredentialEnd, now: number, zone = browserZone()): string[] {
  const source = sourceLine(end, now);
  if (end.endsAt === null) return [source];
  return [
    `${Date.parse(end.endsAt) > now ? 'Ends' : 'Ended'} ${momentText(end.endsAt)}`,
    `${localText(end.endsAt, zone)} in ${zone}, your time zone`,
    source,
  ];
}

function sourceLine({ says, readAt, from, endsAt, lifetimeSeconds }: CredentialEnd, now: number): string {
  const read = from === 'entered' ? 'You entered this date' : says.replace(/\.$/, '');
  const age = readAt === null || from === 'entered' ? '' : `, ${ageText(readAt, now)}`;
  return `${read}${age}.${livedText(endsAt, lifetimeSeconds, now)}`;
}

function livedText(endsAt: string | null, lifetimeSeconds: number | null, now: number): string {
  if (endsAt === null || lifetimeSeconds === null) return '';
  const lived = lifetimeSeconds - (Date.parse(endsAt) - now) / 1000;
  if (lived < 0) return '';
  if (lived >= lifetimeSeconds) return ` Lived ${spanText(lifetimeSeconds)}.`;
  return ` Lived ${spanText(lived)} of ${spanText(lifetimeSeconds)}.`;
}

const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function localText(at: string, timeZone: string): string {
  const date = new Date(at);
  const clock = date.toLocaleTimeString('en-GB', { timeZone });
  const day = (zone: string) =>
    date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: zone });
  return day(timeZone) === day('UTC') ? clock : `${day(timeZone)}, ${clock}`;
}

/** What a registry counts, as a word. Only Docker Hub says that it counts pulls. */
export function quotaUnit({ provider }: Pick<RegistryRow, 'provider'>): 'pull' | 'request' {
  return provider.id === 'docker-hub' ? 'pull' : 'request';
}

/** Where the credential is kept, with a picture of the kind of place. */
export function keptIn({ credential }: Pick<RegistryRow, 'credential'>): { icon: IconId; word: string } {
  if (credential === null) return { icon: 'missing', word: 'none' };
  const icons = {
    auths: 'file',
    credHelpers: 'helper',
    credsStore: 'helper',
    DOCKER_AUTH_CONFIG: 'terminal',
  } as const;
  return { icon: icons[credential.place], word: credential.keptIn };
}

export type RowAction =
  | { kind: 'cause'; word: string; cause: Cause }
  | { kind: 'detail'; word: string }
  | { kind: 'check'; word: string };

const causeOfStatus: Partial<Record<RegistryRow['status'], Cause>> = {
  expired: 'credentials-expired',
  invalid: 'credentials-invalid',
  missing: 'credentials-missing',
  expiring: 'credentials-expired',
};

/** The first thing to do about a registry; null where it is fine. */
export function actionOf({ status, group, cause }: RegistryRow): RowAction | null {
  if (group === 'fine' || status === 'running') return null;
  if (group === 'not-checked') return { kind: 'check', word: 'Check now' };
  const known = cause ?? causeOfStatus[status];
  if (status === 'unreachable' || known === undefined) return { kind: 'detail', word: 'See why' };
  return { kind: 'cause', word: status === 'expiring' ? 'How to renew' : 'See the fix', cause: known };
}

export const groupOrder = [
  'attention',
  'expiring',
  'not-checked',
  'fine',
] as const satisfies readonly BoardGroup[];

export interface Group {
  group: BoardGroup;
  rows: RegistryRow[];
}

/** The rows by group, in the order that they came; without the empty groups. */
export function groupsOf(rows: readonly RegistryRow[]): Group[] {
  return groupOrder
    .map((group) => ({ group, rows: rows.filter((row) => row.group === group) }))
    .filter(({ rows: inGroup }) => inGroup.length > 0);
}

/** What the bar of the overview draws, and the sentence that says the same. */
export function vitalsOf(rows: readonly RegistryRow[]): {
  each: VitalsSegment['tone'][];
  groups: (VitalsSegment & { group: BoardGroup })[];
  sentence: string;
} {
  const byGroup = groupsOf(rows);
  const groups = byGroup.map(({ group, rows: inGroup }) => ({
    group,
    tone: groupOutcomes[group].tone,
    count: inGroup.length,
  }));
  return {
    each: byGroup.flatMap(({ rows: inGroup }) => inGroup.map(({ status }) => loginOutcomes[status].tone)),
    groups,
    sentence: groups.map(({ group, count }) => `${count} ${groupOutcomes[group].counted(count)}`).join(', '),
  };
}

/** The credentials whose end is known, the next to end first. */
export function nextToEnd(
  rows: readonly RegistryRow[],
  now: number,
): (RegistryRow & { end: { endsAt: string } })[] {
  return rows
    .filter((row): row is RegistryRow & { end: { endsAt: string } } => {
      const { endsAt } = row.end;
      return endsAt !== null && Date.parse(endsAt) > now;
    })
    .sort((a, b) => Date.parse(a.end.endsAt) - Date.parse(b.end.endsAt));
}

/** `every 5 m`: how often the network is asked. */
export function intervalText(seconds: number | null): string {
  return seconds === null ? 'Checks are off' : `Checked every ${spanText(seconds)}`;
}
