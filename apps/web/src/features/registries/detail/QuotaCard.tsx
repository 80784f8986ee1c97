import type { RegistryRow } from '@pull-doctor/contract/registries';
import { RateBar } from '../../../ui/RateBar.tsx';
import { spanText } from '../../../ui/time-text.ts';
import { quotaUnit } from '../row-words.ts';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

/** How much may still be asked for, by the registry's own headers, and whom it counts. */
export function QuotaCard({ row }: { row: RegistryRow }) {
  const { rateLimit, countedAs } = row;
  const remaining = rateLimit?.remaining ?? null;
  return (
    <Span of={4} title="Quota">
      <div className={styles.body}>
        {rateLimit === null || remaining === null ? (
          <p>The registry reports none.</p>
        ) : (
          <RateBar remaining={remaining} limit={rateLimit.limit} unit={quotaUnit(row)} />
        )}
        <dl className={styles.pairs} style={{ marginTop: 'var(--space-4)' }}>
          {rateLimit?.windowSeconds && (
            <>
              <dt>Window</dt>
              <dd>{spanText(rateLimit.windowSeconds)}</dd>
            </>
          )}
          {rateLimit?.retryAfterSeconds && (
            <>
              <dt>Wait</dt>
              <dd>{spanText(rateLimit.retryAfterSeconds)}</dd>
            </>
          )}
          <dt>Counts</dt>
          <dd>
            {countedAs ? (countedAs.who ?? countedAs.as) : (rateLimit?.source ?? 'it does not say whom')}
            {countedAs && <small>{countedAs.says}</small>}
          </dd>
        </dl>
      </div>
    </Span>
  );
}
