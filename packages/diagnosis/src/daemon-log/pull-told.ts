import { areCompatible, fuller, nothingNamed, type PulledName } from './pulled-name.ts';
import type { Said } from './said.ts';

/** One line, with all that was read in it. */
export interface ReadLine {
  text: string;
  said: Said;
  name: PulledName;
  traceId: string | null;
  /** When it was written, by the daemon's clock. */
  atMs: number;
  /** When it came, by the clock of whoever reads. */
  heardMs: number;
  /** Of an image that was pulled. */
  digest: string | null;
  /** Of what was passed over: whether the daemon may succeed after it without a further line. */
  mayGoOn: boolean;
}

// What is kept of a pull that goes on and on, or that quotes a page.
const linesMax = 20;
const lineMax = 8_000;
const messageMax = 65_536;

/** The lines of one pull, as far as they have come. */
export class PullTold {
  readonly startMs: number;
  lines: string[] = [];
  lastMs: number;
  heardMs: number;
  traceId: string | null = null;
  name: PulledName = nothingNamed;
  /** `open`: not told yet. `told`: kept for late lines only. */
  state: 'open' | 'told' = 'open';
  isDecided = false;
  isAnswered = false;
  /** Whether the daemon said that it asks no further endpoint. */
  isOver = false;
  pulledDigest: string | null = null;
  private hasFailed = false;
  private hasPassedOver = false;
  /** The errors that a line of this pull begins with, and those that came with them in one answer. */
  private readonly errors = new Set<string>();
  private readonly besides = new Set<string>();
  private readonly phrases = new Set<string>();
  private error: { text: string; weight: number } | null = null;
  private stop: string | null = null;

  constructor(first: ReadLine) {
    this.startMs = first.atMs;
    this.lastMs = first.atMs;
    this.heardMs = first.heardMs;
  }

  add(line: ReadLine): void {
    const { said } = line;
    if (this.state === 'open' && this.lines.length < linesMax) this.lines.push(line.text.slice(0, lineMax));
    this.lastMs = Math.max(this.lastMs, line.atMs);
    this.heardMs = line.heardMs;
    this.traceId ??= line.traceId;
    this.name = fuller(this.name, line.name);
    this.pulledDigest ??= line.digest;
    this.phrases.add(said.phrase);
    const [error, ...besides] = keysOf(said.error);
    if (error !== undefined && !this.besides.has(error)) this.errors.add(error);
    for (const key of besides) this.besides.add(key);
    this.weigh(line);
    if (said.weight === 'answered' || said.weight === 'pulled') this.isAnswered = true;
    if (said.weight === 'failed') this.isOver = true;
    if (said.weight === 'passed-over') this.hasPassedOver = true;
    if (said.weight === 'harmless') this.isDecided = false;
    else if (decides(line)) this.isDecided = true;
  }

  /** After it was told, only what a late line is known by is kept. */
  close(): void {
    this.state = 'told';
    this.lines = [];
    this.error = null;
    if (this.traceId === null) return;
    this.errors.clear();
    this.besides.clear();
  }

  private weigh(line: ReadLine): void {
    const { said } = line;
    const text = said.error?.trim() || said.phrase;
    if (said.isStopped) {
      this.stop = text;
      return;
    }
    if (decides(line)) this.hasFailed = true;
    const weight = weights[said.weight];
    if (weight >= (this.error?.weight ?? 0)) this.error = { text, weight };
  }

  /** Where one layer fails, the daemon cancels the others: only what was cancelled and nothing else was stopped. */
  get howItEnded(): 'failed' | 'stopped' {
    return this.stop !== null && !this.hasFailed ? 'stopped' : 'failed';
  }

  /** The daemon's own words for why, the last ones of those that weigh most. */
  get message(): string {
    return ((this.howItEnded === 'stopped' ? this.stop : this.error?.text) ?? '').slice(0, messageMax);
  }

  /** Whether an endpoint was passed over, and it is not known yet what came of the next. */
  get isGoingOn(): boolean {
    return this.hasPassedOver && !this.isDecided;
  }

  /** Whether a line without a trace, or the first with one, tells of the same failure. */
  sharesError({ said }: ReadLine): boolean {
    const [error] = keysOf(said.error);
    return error !== undefined && this.errors.has(error);
  }

  /** What is said aside comes before the failure that it is about, but for an error that came beside another one. */
  isAboutThis(line: ReadLine): boolean {
    if (keysOf(line.said.error).some((key) => this.besides.has(key))) return true;
    return !this.isDecided && this.sharesError(line);
  }

  hasSaid({ said }: ReadLine): boolean {
    return this.phrases.has(said.phrase);
  }

  isOfTrace(line: ReadLine): boolean {
    return this.traceId !== null && this.traceId === line.traceId && areCompatible(this.name, line.name);
  }

  isNear(line: ReadLine, withinMs: number): boolean {
    const isOtherTrace = this.traceId !== null && line.traceId !== null && this.traceId !== line.traceId;
    return (
      !isOtherTrace && Math.abs(line.atMs - this.lastMs) <= withinMs && areCompatible(this.name, line.name)
    );
  }
}

const weights: Record<Said['weight'], number> = {
  harmless: 0,
  aside: 1,
  'passed-over': 2,
  failed: 3,
  answered: 4,
  pulled: 5,
  'no-pull': 5,
};

function decides({ said: { weight }, mayGoOn }: ReadLine): boolean {
  return weight === 'failed' || weight === 'answered' || (weight === 'passed-over' && !mayGoOn);
}

const keyMax = 4_000;
const around =
  /^(?:failed to resolve reference "[^"]{1,400}": |rpc error: code = \w{1,40} desc = |error committing manifest to content store: commit failed: )/;

/**
 * By what two lines are known to quote one error: all of it, without what one of the two puts before it; of several errors in one answer each, since the answer to the client has the first only.
 */
function keysOf(error: string | null): string[] {
  if (error === null) return [];
  const text = error.slice(0, keyMax).trim();
  if (text === '' || text === '<nil>') return [];
  if (text.startsWith('errors:\n'))
    return text
      .split('\n')
      .slice(1, 10)
      .map((line) => line.trim())
      .filter(Boolean);
  return [text.replace(around, '')];
}
