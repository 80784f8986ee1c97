import type { RegistryRow } from '@pull-doctor/contract/registries';
import { Link } from '@tanstack/react-router';
import { useNow } from '../../clock.ts';
import { Card } from '../../ui/Card.tsx';
import { ExpiryRing } from '../../ui/ExpiryRing.tsx';
import { dateText } from '../../ui/time-text.ts';
import { useCountdown } from '../../ui/useCountdown.ts';
import { endVerdict, nextToEnd } from '../registries/row-words.ts';
import styles from './OverviewPage.module.css';

const shownMax = 5;

/** The credentials that end next, and what renews them. */
export function NextToExpire({ rows }: { rows: readonly RegistryRow[] }) {
  const now = useNow(60_000);
  const next = nextToEnd(rows, now);
  if (next.length === 0) return null;
  return (
    <Card title="Next to expire" aside={<Link to="/registries">All registries</Link>}>
      <ul className={styles.next}>
        {next.slice(0, shownMax).map((row) => (
          <NextRow key={row.host} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function NextRow({ row }: { row: RegistryRow & { end: { endsAt: string } } }) {
  const { end, host, name } = row;
  const isRenewed = end.state === 'renews-itself';
  const { root, text, tone, share } = useCountdown<HTMLLIElement>({
    endsAt: Date.parse(end.endsAt),
    lifetimeSeconds: end.lifetimeSeconds,
    thresholdSeconds: end.thresholdSeconds,
    isKnownOver: endVerdict(row) === 'over',
  });
  const isSoon = tone === 'soon' || endVerdict(row) === 'soon';
  return (
    <li ref={root} data-tone={tone === 'over' ? 'expired' : isSoon ? 'expiring' : undefined}>
      <ExpiryRing
        size={24}
        share={share}
        kind={tone === 'over' ? 'expired' : isSoon ? 'expiring' : isRenewed ? 'renew' : 'ok'}
      />
      <span>
        <Link to="/registries/$host" params={{ host }}>
          {name}
        </Link>
        <small>{isRenewed ? 'renews itself' : isSoon ? 'nothing renews it' : dateText(end.endsAt)}</small>
      </span>
      <time dateTime={end.endsAt}>{text}</time>
    </li>
  );
}
