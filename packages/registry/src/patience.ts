import type { Failure } from '@pull-doctor/contract/exchange';
import { failure } from './failure.ts';

/** A signal that ends when the whole is ended or this piece of work has had its time. */
export interface Patience {
  signal: AbortSignal;
  /** What happened, told from the reason of the signal: our own time ran out, or somebody ended the whole. */
  failure(layer: Failure['layer'], timedOut: Failure['code'], what: string): Failure;
  /** To be called when the work is done, so that no timer outlives it. */
  done(): void;
}

/** @param ms how long this piece of work may take */
export function patience(whole: AbortSignal, ms: number): Patience {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(), ms);
  const pass = () => own.abort();
  if (whole.aborted) own.abort();
  else whole.addEventListener('abort', pass, { once: true });
  return {
    signal: own.signal,
    failure: (layer, timedOut, what) =>
      whole.aborted ? stopped(whole) : failure(layer, timedOut, `${what} within ${ms} ms.`),
    done: () => {
      clearTimeout(timer);
      whole.removeEventListener('abort', pass);
    },
  };
}

/** The whole was ended, by a person or by its deadline. */
export function stopped(whole: AbortSignal): Failure {
  const timeUp = whole.reason instanceof Error && whole.reason.name === 'TimeoutError';
  return failure(
    'deadline',
    'stopped',
    timeUp ? 'The time for the diagnosis was up.' : 'The diagnosis was stopped.',
  );
}
