const nbsp = '\u00a0';
const second = 1000;
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** For how long `ends now` waits for a check to say that it has ended. */
export const endsNowMsMax = 30 * second;
const secondsShownBelow = 10 * minute;

export interface CountdownWords {
  text: string;
  /** `soon` whatever renews it; `over` once it has ended. */
  tone: 'calm' | 'soon' | 'over';
  /** When the text is another one, in milliseconds since 1970. */
  changesAt: number;
}

/**
 * How long something still lasts, or how long ago it ended. Two units at most for the future, one for the past, always
 * rounded down: time that is not there is never promised.
 *
 * @param endsAt its end. Parts of a second are dropped, so that all countdowns change on whole seconds.
 * @param isKnownOver whether a check has said already that it ended; without one, `ends now` stands for 30 s.
 */
export function countdownText(endsAt: number, now: number, isKnownOver: boolean): CountdownWords {
  const end = Math.floor(endsAt / second) * second;
  const left = Math.floor((end - now) / second);
  if (left > 0) {
    const [text, unit] = futureText(left);
    // the second in which the last whole unit has just begun to run out
    const changesAt = end - Math.floor(left / unit) * unit * second + 1;
    return { text, tone: left < secondsShownBelow ? 'soon' : 'calm', changesAt };
  }
  if (!isKnownOver && now - end < endsNowMsMax)
    return { text: 'ends now', tone: 'soon', changesAt: end + endsNowMsMax };
  const ago = Math.max(Math.floor((now - end) / second), 0);
  const [text, unit] = pastText(ago);
  return { text, tone: 'over', changesAt: end + (Math.floor(ago / unit) + 1) * unit * second };
}

function futureText(left: number): [text: string, unit: number] {
  if (left >= 730 * day) return [part(left, year, 'y'), year];
  if (left >= 7 * day) return [part(left, day, 'd'), day];
  if (left >= 48 * hour) return [`${part(left, day, 'd')}${nbsp}${part(left % day, hour, 'h')}`, hour];
  if (left >= hour) return [`${part(left, hour, 'h')}${nbsp}${part(left % hour, minute, 'm')}`, minute];
  if (left >= secondsShownBelow) return [part(left, minute, 'm'), minute];
  if (left >= minute) return [`${part(left, minute, 'm')}${nbsp}${part(left % minute, 1, 's')}`, 1];
  return [part(left, 1, 's'), 1];
}

function pastText(ago: number): [text: string, unit: number] {
  for (const [name, unit] of [
    ['d', day],
    ['h', hour],
    ['m', minute],
  ] as const)
    if (ago >= unit) return [`expired ${part(ago, unit, name)} ago`, unit];
  return [ago === 0 ? 'expired just now' : `expired ${part(ago, 1, 's')} ago`, 1];
}

const part = (seconds: number, unit: number, name: string) => `${Math.floor(seconds / unit)}${nbsp}${name}`;
