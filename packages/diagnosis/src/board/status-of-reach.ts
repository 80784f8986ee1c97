import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { failureInWords, firstFailure } from '../facts/failure.ts';
import { stop, text } from '../words/sentence.ts';
import { asPull, findingsOf } from './as-pull.ts';
import type { Status } from './judge-login.ts';

/** Where no usable answer came: by DNS, TCP, proxy or TLS, with a status of 500 or more, or from something else than a registry. */
export function unreachableStatus(check: CheckEvidence): Status | null {
  const place = firstFailure(asPull(check));
  const status = check.ping?.exchange.answer?.status ?? 0;
  const tokenStatus = check.token?.login?.exchange?.answer?.status ?? 0;
  const isDown = status >= 500 || tokenStatus >= 500;
  const isOther = check.ping?.isRegistry === 'no' || check.tls?.use === 'failed';
  // The time that a check has ran out while nothing was known yet.
  const isCutOff = Boolean(check.cutOff) && check.token === undefined;
  if (!place && !isDown && !isOther && !isCutOff) return null;
  const [finding] = findingsOf(check).filter(({ cause }) => cause !== 'unknown');
  return {
    status: 'unreachable',
    why: finding
      ? stop(finding.what)
      : text(
          place ? stop(`${place.host} ${failureInWords(place.failure)}`) : null,
          place || !isDown ? null : `It answers ${status >= 500 ? status : tokenStatus}.`,
          place || isDown || !isOther ? null : stop(check.ping?.why ?? 'It is no registry'),
          isCutOff ? stop(check.cutOff ?? '') : null,
        ),
    cause: finding?.cause ?? null,
  };
}
