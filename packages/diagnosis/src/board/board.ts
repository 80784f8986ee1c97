import type { BoardGroup, RegistryBoard, RegistryRow } from '@pull-doctor/contract/registries';
import { day } from '../words/instant.ts';
import { count, lowerFirst, stop } from '../words/sentence.ts';

/** The board's groups in their order (DESIGN section 4). */
const order: readonly BoardGroup[] = ['attention', 'expiring', 'not-checked', 'fine'];

const groupOfStatus: Record<RegistryRow['status'], BoardGroup> = {
  unreachable: 'attention',
  expired: 'attention',
  invalid: 'attention',
  missing: 'fine',
  expiring: 'expiring',
  ok: 'fine',
  unknown: 'not-checked',
  running: 'not-checked',
};

// Something on this host keeps Docker from a credential that may be there: that needs somebody, pulls or not.
const faultsOfHost: readonly RegistryRow['cause'][] = ['config-malformed', 'helper-missing', 'helper-failed'];

/** Where a registry stands on the board. A credential that nobody missed is no trouble. */
export function groupOf({
  status,
  cause,
  failedPulls24h,
}: Pick<RegistryRow, 'status' | 'cause' | 'failedPulls24h'>): BoardGroup {
  if (faultsOfHost.includes(cause)) return 'attention';
  return status === 'missing' && failedPulls24h > 0 ? 'attention' : groupOfStatus[status];
}

/**
 * The sentence on top, the line under it, and the rows in their order: by group, then most failed pulls, then next to
 * end, then name.
 */
export function boardOf(rows: readonly RegistryRow[]): Pick<RegistryBoard, 'title' | 'under' | 'items'> {
  const items = rows.toSorted(
    (a, b) =>
      order.indexOf(a.group) - order.indexOf(b.group) ||
      b.failedPulls24h - a.failedPulls24h ||
      endOf(a) - endOf(b) ||
      a.name.localeCompare(b.name) ||
      a.host.localeCompare(b.host),
  );
  return { ...sentenceOf(items), items };
}

function sentenceOf(rows: readonly RegistryRow[]): Pick<RegistryBoard, 'title' | 'under'> {
  const [first] = rows;
  if (!first)
    return {
      title: 'Nothing to watch yet',
      under: 'No configuration, no image and no pull names a registry.',
    };
  const inGroup = (group: BoardGroup) => rows.filter((row) => row.group === group);
  const name = (row: RegistryRow) => nameAmong(row, rows);
  const attention = inGroup('attention');
  const expiring = inGroup('expiring');
  const notChecked = inGroup('not-checked');
  const isOne = rows.length === 1;
  if (attention.length > 0)
    return {
      title: isOne
        ? 'The registry needs attention'
        : `${attention.length} of ${rows.length} registries ${attention.length === 1 ? 'needs' : 'need'} attention`,
      under: `Start with ${name(first)}. ${first.why}`,
    };
  if (notChecked.length > 0) return notCheckedSentence(rows, notChecked, expiring, name);
  const all = isOne ? 'The registry' : `All ${rows.length} registries`;
  if (expiring.length > 0)
    return {
      title: isOne
        ? 'The registry works, and its credential expires soon'
        : `${all} work. ${expiring.length} ${expiring.length === 1 ? 'expires' : 'expire'} soon`,
      under: `${name(first)}: ${lowerFirst(first.why)}`,
    };
  return { title: isOne ? `${all} is fine` : `${all} are fine`, under: nextEnd(rows, name) };
}

function notCheckedSentence(
  rows: readonly RegistryRow[],
  notChecked: readonly RegistryRow[],
  expiring: readonly RegistryRow[],
  name: (row: RegistryRow) => string,
): Pick<RegistryBoard, 'title' | 'under'> {
  const many = notChecked.length;
  const isRunning = notChecked.every(({ status }) => status === 'running');
  const what = isRunning
    ? `${many} ${many === 1 ? 'is' : 'are'} being checked`
    : `${many} ${many === 1 ? 'was' : 'were'} not checked`;
  const rest = rows.length - many;
  const first = expiring[0] ?? notChecked[0];
  const title =
    rest === 0
      ? isRunning
        ? `Checking ${count(many, 'registry', 'registries')}`
        : many === 1
          ? 'The registry was not checked'
          : `None of ${many} registries was checked`
      : `${rest} of ${rows.length} registries ${fine(rest, expiring.length > 0)}, ${what}${
          expiring.length > 0
            ? `. ${expiring.length} ${expiring.length === 1 ? 'expires' : 'expire'} soon`
            : ''
        }`;
  return { title, under: first ? `${name(first)}. ${first.why}` : '' };
}

function fine(many: number, someExpire: boolean): string {
  if (someExpire) return many === 1 ? 'works' : 'work';
  return many === 1 ? 'is fine' : 'are fine';
}

/** What ends next of what nobody renews; where nothing tells an end, that. */
function nextEnd(rows: readonly RegistryRow[], name: (row: RegistryRow) => string): string {
  const withCredential = rows.filter(({ end }) => end.state !== 'nothing');
  if (withCredential.length === 0) return 'No credential is stored that could end.';
  const known = withCredential
    .filter(({ end }) => end.endsAt !== null)
    .toSorted((a, b) => endOf(a) - endOf(b));
  const next = known.find(({ end }) => end.state !== 'renews-itself');
  if (next?.end.endsAt) {
    const what = next.credential?.looksLike ?? 'credential';
    const sooner = known.indexOf(next) > 0 ? ' Everything sooner renews itself.' : '';
    return `The next to end is the ${what} for ${name(next)}, on ${day(next.end.endsAt)}.${sooner}`;
  }
  const untold = withCredential.filter(({ end }) => end.state === 'unknown');
  if (untold.length === 0) return 'No credential ends on its own.';
  const [only] = untold;
  if (untold.length === 1 && only)
    return `When the credential for ${name(only)} ends, is not known. ${stop(only.end.says)}`;
  return `${untold.length} credentials do not tell when they end.`;
}

/** Where two have one name, sentences tell them apart by their hosts. */
function nameAmong(row: RegistryRow, rows: readonly RegistryRow[]): string {
  return rows.some((other) => other !== row && other.name === row.name) ? row.host : row.name;
}

function endOf({ end }: RegistryRow): number {
  return end.endsAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(end.endsAt);
}
