import type { RegistryDetail } from '@pull-doctor/contract/registries';
import { loginOutcomes } from '../../../login-outcome.ts';
import { clockText, countText, spanText } from '../../../ui/time-text.ts';
import type { Tone } from '../../../ui/tone.ts';
import { isGoodStatus } from './checks.ts';

const hourMs = 3_600_000;
const backMs = 36 * hourMs;
const aheadMs = 12 * hourMs;

export interface TimelineSpan {
  tone: Tone;
  word: string;
  /** In per cent of the whole line. */
  from: number;
  to: number;
  fromAt: number;
  toAt: number;
  /** What the end of the credential promises, and not what was seen. */
  isAhead: boolean;
}

export interface Timeline {
  spans: TimelineSpan[];
  /** Failed pulls, in per cent. */
  pulls: number[];
  now: number;
  ticks: { at: number; text: string }[];
  sentence: string;
}

/** What the checks of the last 36 h found, the end of the credential in the next 12 h, and the pulls that failed. */
export function timelineOf({ checks, failedPulls, row, now: nowText }: RegistryDetail): Timeline {
  const now = Date.parse(nowText);
  const start = now - backMs;
  const end = now + aheadMs;
  const percent = (at: number) => ((Math.min(Math.max(at, start), end) - start) / (end - start)) * 100;
  const seen = seenSpans(checks, now, start);
  const spans = [...seen, ...aheadSpans(row, now, end)].map((span) => ({
    ...span,
    from: percent(span.fromAt),
    to: percent(span.toAt),
  }));
  return {
    spans,
    pulls: failedPulls
      .map(({ at }) => Date.parse(at))
      .filter((at) => at >= start && at <= now)
      .map(percent),
    now: percent(now),
    ticks: [start, start + 12 * hourMs, start + 24 * hourMs, now, end].map((at) => ({
      at: percent(at),
      text: at === now ? 'now' : clockText(new Date(at).toISOString()).slice(0, 5),
    })),
    sentence: sentenceOf(seen, failedPulls.length),
  };
}

type Raw = Omit<TimelineSpan, 'from' | 'to'>;

/** A check holds until the next one; the last one until now. */
function seenSpans(checks: RegistryDetail['checks'], now: number, start: number): Raw[] {
  const spans: Raw[] = [];
  for (const [index, { at, status }] of checks.entries()) {
    const next = checks[index + 1];
    const toAt = next ? Date.parse(next.at) : now;
    const { tone, word } = loginOutcomes[status];
    const before = spans.at(-1);
    if (before?.word === word) before.toAt = toAt;
    else spans.push({ tone, word, fromAt: Math.max(Date.parse(at), start), toAt, isAhead: false });
  }
  return spans.filter(({ toAt }) => toAt > start);
}

function aheadSpans({ status, end }: RegistryDetail['row'], now: number, lineEnd: number): Raw[] {
  if (!isGoodStatus(status) || end.endsAt === null || end.state !== 'ends') return [];
  const endsAt = Date.parse(end.endsAt);
  if (endsAt <= now) return [];
  const valid: Raw = {
    tone: 'ok',
    word: 'Still valid',
    fromAt: now,
    toAt: Math.min(endsAt, lineEnd),
    isAhead: true,
  };
  if (endsAt >= lineEnd) return [valid];
  return [valid, { tone: 'expired', word: 'Ended', fromAt: endsAt, toAt: lineEnd, isAhead: true }];
}

function sentenceOf(spans: readonly Raw[], failed: number): string {
  if (spans.length === 0) return 'No check in the last 36 h.';
  const byWord = Map.groupBy(spans, ({ word }) => word);
  const parts = [...byWord].map(([word, same]) => {
    const ms = same.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);
    return `${word.toLowerCase()} for ${spanText(ms / 1000)}`;
  });
  return `In the last 36 h: ${parts.join(', ')}. ${countText(failed, 'pull')} failed.`;
}
