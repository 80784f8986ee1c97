import type {
  ConfigUser,
  LoginStatus,
  RegistryBoard,
  RegistryDetail,
  RegistryRow,
} from '@pull-doctor/contract/registries';
import { boardOf } from '@pull-doctor/diagnosis/board/board';
import { readHost } from '@pull-doctor/diagnosis/board/read-host';
import { nameOf } from '@pull-doctor/diagnosis/board/registry-name';
import type { Edges } from '../../edges.ts';
import { Fault } from '../../fault.ts';
import { allowance } from './allowance.ts';
import { describeUser, type WatchedUser } from './config-users.ts';
import type { PullHistory } from './pull-history.ts';
import type { RegistriesStore } from './registries.store.ts';
import type { Known, Registries } from './registries.ts';
import { asRegistryRow, judge, type Row } from './rows.ts';

/** What the API says of registries, and what it lets a person do. */
export interface Board {
  read(user?: string): Promise<RegistryBoard>;
  /** @throws Fault where nobody watches this host */
  detail(host: string, user?: string): Promise<RegistryDetail>;
  /** @throws Fault where the text names no host */
  add(text: string, endsAt: string | null | undefined): Promise<RegistryDetail>;
  remove(host: string): Promise<RegistryBoard>;
  /** Ends with the result, or when the time of a check is over. */
  check(host: string, user?: string): Promise<RegistryDetail>;
  /** Ends before the checks have. */
  checkAll(user?: string): Promise<RegistryBoard>;
  /** Every row of every user. */
  rows(): Promise<RegistryRow[]>;
  /** Null where nobody watches it. */
  statusOf(host: string): Promise<{ host: string; status: LoginStatus } | null>;
}

export interface BoardParts {
  edges: Pick<Edges, 'config' | 'now'>;
  registries: Registries;
  store: RegistriesStore;
  history: PullHistory;
}

const keptMs = 36 * 3_600_000;
// A person who tries things out is never refused, a program that asks without end is.
const byHand = { atOnce: 3, eachMs: 10_000 };

export function board({ edges: { config, now }, registries, store, history }: BoardParts): Board {
  const checks = allowance(byHand);
  const allChecks = allowance({ atOnce: 1, eachMs: 30_000 });

  /** One moment of the board, for all rows of an answer. */
  interface View {
    known: Known;
    at: Date;
    failures: Map<string, number>;
  }

  async function look(): Promise<View> {
    const at = now();
    const [known, failures] = await Promise.all([registries.known(), history.failures(at)]);
    return { known, at, failures };
  }

  function show(row: Row, { known, at, failures }: View): RegistryRow {
    const enteredEnd = known.choices.get(row.host)?.endsAt ?? null;
    const judged = judge(row, { now: at, everySeconds: config.checkSeconds, enteredEnd });
    return asRegistryRow(row, judged, {
      user: known.users.find(({ folder }) => folder === row.folder)?.name ?? '',
      failedPulls24h: failures.get(row.host) ?? 0,
      nextCheckAt: registries.nextAt(row.key),
      checking: registries.isRunning(row.key),
    });
  }

  async function read(user?: string): Promise<RegistryBoard> {
    const view = await look();
    const { known, at } = view;
    const { name, folder } = userNamed(known, user);
    const rows = known.rows.filter((row) => row.folder === folder).map((row) => show(row, view));
    const hidden = [...known.choices.values()].filter(({ state }) => state === 'hidden');
    return {
      now: at.toISOString(),
      ...boardOf(rows),
      user: name,
      users: known.users.map((one): ConfigUser => describeUser(one, known.storeFaults.get(one.folder))),
      intervalSeconds: config.checkSeconds,
      hidden: hidden.map((one) => ({
        host: one.registry,
        name: nameOf(one.registry).name,
        since: one.at.toISOString(),
      })),
    };
  }

  async function detail(host: string, user?: string): Promise<RegistryDetail> {
    const view = await look();
    const { known, at } = view;
    const row = rowOf(known, host, userNamed(known, user));
    const [checks, failed] = await Promise.all([
      store.checksOf(row.folder, row.host, new Date(at.getTime() - keptMs)),
      history.failuresOf(row.host, at),
    ]);
    const failedOf = (repository: string) => failed.filter((one) => one.repository === repository).length;
    return {
      now: at.toISOString(),
      row: show(row, view),
      evidence: row.last?.evidence ?? null,
      checks,
      enteredEnd: known.choices.get(row.host)?.endsAt?.toISOString() ?? null,
      images: [...(known.images.get(row.host) ?? [])].map(([repository, tags]) => ({
        repository,
        tags,
        failed24h: failedOf(repository),
      })),
      failedPulls: failed.map(({ id, at: failedAt, reference }) => ({
        id,
        at: failedAt.toISOString(),
        reference,
      })),
      vantageNotes: [...known.notes],
    };
  }

  return {
    read,
    detail,

    async add(text, endsAt) {
      const read = readHost(text);
      if (!read.ok) throw new Fault('not-a-registry-host', 400, read.what, read.fix);
      const { host: registry } = read;
      const { choices, rows: rowsBefore } = await registries.known();
      const before = choices.get(registry);
      // To enter an end is not to add what was found anyway.
      const isFound = before?.state !== 'added' && rowsBefore.some(({ host }) => host === registry);
      await store.choose({
        registry,
        state: isFound && endsAt !== undefined ? 'found' : 'added',
        at: before?.state === 'added' ? before.at : now(),
        endsAt: endsAt === undefined ? (before?.endsAt ?? null) : endsAt === null ? null : new Date(endsAt),
      });
      await registries.readAgain();
      const { rows, users } = await registries.known();
      const row = rows.find(({ host, folder }) => host === registry && folder === users[0].folder);
      if (row && row.last === null) void registries.checkSoon(row.key);
      return detail(registry);
    },

    async remove(text) {
      const known = await registries.known();
      const host = hostOf(known, text);
      const choice = known.choices.get(host);
      const found = known.rows.filter((row) => row.host === host);
      if (found.length === 0 && choice === undefined) throw notWatched(host);
      const isOnlyByHand = found.every(({ sources }) => sources.every(({ kind }) => kind === 'by-hand'));
      if (isOnlyByHand) await store.forget(host);
      else await store.choose({ registry: host, state: 'hidden', at: now(), endsAt: choice?.endsAt ?? null });
      await registries.readAgain();
      return read();
    },

    async check(host, user) {
      const known = await registries.known();
      const row = rowOf(known, host, userNamed(known, user));
      const waitSeconds = checks.take(row.host);
      if (waitSeconds !== null)
        throw new Fault(
          'checked-just-now',
          429,
          `${row.host} was checked by hand ${byHand.atOnce} times within ${(byHand.atOnce * byHand.eachMs) / 1000} s, which is as often as Pull Doctor asks a registry.`,
          `Check again in ${waitSeconds} s.`,
        );
      await atMost(registries.checkSoon(row.key), config.deadlineMs);
      return detail(row.host, user);
    },

    async checkAll(user) {
      const known = await registries.known();
      const { name, folder } = userNamed(known, user);
      const waitSeconds = allChecks.take(folder);
      if (waitSeconds !== null)
        throw new Fault(
          'checked-just-now',
          429,
          'All registries were checked by hand less than 30 s ago.',
          `Check them again in ${waitSeconds} s, or only one of them now.`,
        );
      for (const row of known.rows) if (row.folder === folder) void registries.checkSoon(row.key);
      return read(name);
    },

    async rows() {
      const view = await look();
      return view.known.rows.map((row) => show(row, view));
    },

    async statusOf(host) {
      const view = await look();
      const [first] = view.known.users;
      const row = findRow(view.known, host, first.folder);
      return row ? { host: row.host, status: show(row, view).status } : null;
    },
  };
}

function userNamed({ users }: Known, name: string | undefined): WatchedUser {
  const user = name === undefined ? users[0] : users.find((one) => one.name === name);
  if (!user)
    throw new Fault(
      'no-such-user',
      404,
      'No Docker configuration of a user with this name is watched.',
      `These are: ${users.map((one) => one.name).join(', ')}. PULL_DOCTOR_CONFIGS adds more.`,
    );
  return user;
}

function rowOf(known: Known, host: string, { folder }: WatchedUser): Row {
  const row = findRow(known, host, folder);
  if (!row) throw notWatched(host);
  return row;
}

function findRow(known: Known, text: string, folder: string): Row | undefined {
  const host = hostOf(known, text);
  return known.rows.find((row) => row.folder === folder && row.host === host);
}

/** As it is watched; or, where the text is not a watched host as it stands, as it would be added. */
function hostOf({ rows, choices }: Known, text: string): string {
  if (choices.has(text) || rows.some(({ host }) => host === text)) return text;
  const read = readHost(text);
  return read.ok ? read.host : text;
}

function notWatched(host: string): Fault {
  return new Fault(
    'no-such-registry',
    404,
    `${host.slice(0, 100)} is not watched.`,
    'GET /api/v1/registries lists what is; POST adds one.',
  );
}

async function atMost(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
