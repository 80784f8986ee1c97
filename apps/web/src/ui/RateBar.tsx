import styles from './RateBar.module.css';
import { countText } from './time-text.ts';

const lowBelow = 0.25;

/** How much of a quota is left, by the numbers that were sent; without a limit only the words. */
export function RateBar({
  remaining,
  limit,
  unit,
}: {
  remaining: number;
  limit: number | null;
  /** `pull`, `request` */
  unit: string;
}) {
  const share = limit ? Math.min(remaining / limit, 1) : null;
  const isLow = isQuotaLow(remaining, limit);
  return (
    <span className={styles.rate} data-low={isLow || undefined}>
      {share !== null && (
        <i aria-hidden="true">
          <i style={{ width: `${share * 100}%` }} />
        </i>
      )}
      <span>{rateText(remaining, limit, unit)}</span>
    </span>
  );
}

export const isQuotaLow = (remaining: number, limit: number | null): boolean =>
  remaining === 0 || (limit !== null && limit > 0 && remaining / limit < lowBelow);

/** `38 of 200 pulls left`, `1 pull left`, `no pulls left`. */
export function rateText(remaining: number, limit: number | null, unit: string): string {
  if (remaining <= 0) return `no ${unit}s left`;
  if (limit === null) return `${countText(remaining, unit)} left`;
  return `${remaining.toLocaleString('en')} of ${countText(limit, unit)} left`;
}
