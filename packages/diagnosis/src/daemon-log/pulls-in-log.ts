import { type DaemonRegistries, mayGoOn, mirrorHosts } from './next-endpoint.ts';
import { PullTold, type ReadLine } from './pull-told.ts';
import { nameIn, type PulledName, referenceOf } from './pulled-name.ts';
import { readLine } from './read-line.ts';
import { whatItSays } from './what-it-says.ts';

/** A line of the log as its source has it: journald's MESSAGE, or a line of a file. */
export interface LogLine {
  /** When the source says that it was written; ISO. Counts where the line has no time of its own. */
  at: string | null;
  text: string;
}

/** A pull that the log told of. */
export interface HeardPull {
  /** Of its first and last line, ISO. The daemon says nothing when a pull begins, so it may have begun earlier. */
  startedAt: string;
  endedAt: string;
  /** `docker.io/library/nginx:latest`; null where the lines do not tell all of it. */
  reference: string | null;
  registry: string | null;
  repository: string | null;
  tag: string | null;
  digest: string | null;
  /** `stopped`: whoever asked for it went away before it ended. */
  outcome: 'failed' | 'pulled' | 'stopped';
  /** The daemon's own words: why it failed, or `image pulled`. */
  message: string;
  lines: string[];
}

export interface PullsInLog {
  /** Takes the next line; tells of the pulls that are settled by it. `nowMs` is the reader's clock. */
  add(line: LogLine, nowMs: number): HeardPull[];
  /** Tells of the pulls that are settled by time alone. */
  settle(nowMs: number): HeardPull[];
  /** When settle() is next worth a call; null where nothing waits. */
  readonly settlesAtMs: number | null;
  /** How many lines came, how many were of a known form, and how many pulls they told of. */
  readonly understood: { lines: number; known: number; pulls: number };
}

/** After this long without a further line, a pull that failed is told. */
const quietMs = 1_000;
/** Lines of one pull that carry no trace stand this close together. */
const nearMs = 2_000;
/** How long a trace is remembered: what fails at a mirror may fail at Docker Hub minutes later. */
const traceMs = 10 * 60_000;
/** Two answers "not found" of one host so close together are one pull that asked twice. */
const twiceMs = 100;
const keptMax = 500;

/**
 * Hears pulls in the log of dockerd, 20.10 to 29, with either store. Lines of one pull are joined by their trace where they
 * carry one, else by time and by the error that they quote. A pull is told once: when the line about its request comes, or
 * a second after the last line that says that it failed. What a mirror failed at and Docker Hub gave is no failed pull.
 *
 * Not told, since the log does not tell: pulls that work with the graph drivers; and with mirrors, a pull that left nothing
 * but "Attempting next endpoint" without an address, which may be a mirror's, and Docker Hub's success is silent.
 *
 * Pure: time comes in with each call, so that a log can be read again. Takes any line, never throws.
 */
export function pullsInLog(daemon: DaemonRegistries): PullsInLog {
  const mirrors = mirrorHosts(daemon);
  const understood = { lines: 0, known: 0, pulls: 0 };
  let kept: PullTold[] = [];

  function add(line: LogLine, nowMs: number): HeardPull[] {
    understood.lines += 1;
    const entry = readLine(line.text);
    if (!entry) return settle(nowMs);
    understood.known += 1;
    const time = Date.parse(entry.time ?? line.at ?? '');
    const atMs = Number.isNaN(time) ? nowMs : time;
    const heard = tellSettled((pull) => Math.max(atMs - pull.lastMs, nowMs - pull.heardMs));
    const said = whatItSays(entry);
    if (!said) return heard;
    const read: ReadLine = {
      text: line.text,
      said,
      name: nameIn(entry, said, mirrors),
      traceId: entry.fields.get('traceID') ?? null,
      digest: said.weight === 'pulled' ? (entry.fields.get('digest') ?? null) : null,
      atMs,
      heardMs: nowMs,
      mayGoOn: mayGoOn(entry, said, daemon),
    };
    return [...heard, ...take(read)];
  }

  function settle(nowMs: number): HeardPull[] {
    return tellSettled((pull) => nowMs - pull.heardMs);
  }

  function take(line: ReadLine): HeardPull[] {
    const { weight } = line.said;
    const pull = pullOf(line, kept) ?? opened(line);
    const wasTold = pull?.state === 'told';
    pull?.add(line);
    if (!pull || wasTold) return [];
    if (weight === 'no-pull') pull.close();
    if (weight === 'answered') return [tell(pull, pull.howItEnded)];
    if (weight === 'pulled') return [tell(pull, 'pulled')];
    return [];
  }

  function opened(line: ReadLine): PullTold | null {
    if (line.said.weight === 'no-pull' && line.traceId === null) return null;
    const pull = new PullTold(line);
    // What waits is told within a second; the rest is kept for lines that may come late.
    const spare = kept.length < keptMax ? -1 : kept.findIndex((one) => !isWaiting(one));
    if (spare >= 0) kept.splice(spare, 1);
    kept.push(pull);
    return pull;
  }

  function tell(pull: PullTold, outcome: HeardPull['outcome']): HeardPull {
    understood.pulls += 1;
    const heard = heardPull(pull, outcome);
    pull.close();
    return heard;
  }

  function tellSettled(ageOf: (pull: PullTold) => number): HeardPull[] {
    const settled = kept.filter((pull) => isWaiting(pull) && ageOf(pull) >= quietMs);
    const heard = settled.map((pull) => tell(pull, pull.howItEnded));
    kept = kept.filter(
      (pull) => isWaiting(pull) || ageOf(pull) <= (pull.traceId === null ? nearMs : traceMs),
    );
    return heard;
  }

  return {
    add,
    settle,
    get settlesAtMs() {
      const waiting = kept.filter(isWaiting).map(({ heardMs }) => heardMs + quietMs);
      return waiting.length === 0 ? null : Math.min(...waiting);
    },
    get understood() {
      return { ...understood };
    },
  };
}

const isWaiting = ({ state, isDecided }: PullTold): boolean => state === 'open' && isDecided;

/** The pull that a line belongs to, of those that are kept; null where it is the first of one. */
function pullOf(line: ReadLine, kept: readonly PullTold[]): PullTold | null {
  const sameTrace = kept.findLast((pull) => pull.isOfTrace(line));
  // A client may put several pulls under one trace of its own: what ends a pull after this one ended is of the next.
  if (sameTrace) return isOfNext(line, sameTrace) ? null : sameTrace;
  const near = kept.filter((pull) => pull.isNear(line, nearMs));
  const open = near.filter(({ state }) => state === 'open');
  switch (line.said.weight) {
    case 'aside':
      return near.findLast((pull) => pull.isAboutThis(line)) ?? null;
    case 'harmless':
      return open.findLast((pull) => pull.sharesError(line)) ?? null;
    case 'passed-over':
    case 'failed':
      return nextStep(line, open);
    case 'answered':
    case 'no-pull':
      return answered(line, open) ?? near.find((pull) => !pull.isAnswered && pull.sharesError(line)) ?? null;
    case 'pulled':
      return (
        open.find(({ name }) => name.repository !== null && name.repository === line.name.repository) ?? null
      );
  }
}

function isOfNext({ said: { weight } }: ReadLine, { state, isAnswered }: PullTold): boolean {
  if (weight === 'pulled') return state === 'told';
  return isAnswered && (weight === 'answered' || weight === 'failed');
}

/** A pull says each thing once of one endpoint: where it was said already, the line is of the next pull. */
function nextStep(line: ReadLine, open: readonly PullTold[]): PullTold | null {
  return (
    open.find((pull) => pull.sharesError(line) && !pull.hasSaid(line) && !pull.isOver) ??
    open.findLast((pull) => pull.isGoingOn) ??
    open.find((pull) => pull.hasSaid(line) && line.said.error === null && pull.isNear(line, twiceMs)) ??
    null
  );
}

/** The oldest pull that waits for its answer; one that quotes the same error before one that may be of the same image. */
function answered(line: ReadLine, open: readonly PullTold[]): PullTold | null {
  const waiting = open.filter(({ isAnswered }) => !isAnswered);
  return (
    waiting.find((pull) => pull.sharesError(line)) ??
    waiting.find(({ name }) => name.registry === null || name.registry === line.name.registry) ??
    null
  );
}

function heardPull(pull: PullTold, outcome: HeardPull['outcome']): HeardPull {
  const name: PulledName = pull.name;
  return {
    startedAt: new Date(pull.startMs).toISOString(),
    endedAt: new Date(pull.lastMs).toISOString(),
    reference: referenceOf(name),
    ...name,
    digest: pull.pulledDigest ?? name.digest,
    outcome,
    message: pull.message,
    lines: pull.lines,
  };
}
