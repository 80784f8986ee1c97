import type { RegistryRow as Row } from '@pull-doctor/contract/registries';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { Age } from '../../Age.tsx';
import { serverNow } from '../../clock.ts';
import { loginOutcomes } from '../../login-outcome.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Expiry } from '../../ui/Expiry.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProviderTile } from '../../ui/ProviderTile.tsx';
import { RateBar } from '../../ui/RateBar.tsx';
import { StatusBadge, StatusMark } from '../../ui/StatusBadge.tsx';
import { countText } from '../../ui/time-text.ts';
import { CauseLink } from '../causes/CauseLink.tsx';
import styles from './RegistryRow.module.css';
import { actionOf, endLines, endVerdict, keptIn, quotaUnit, type RowAction, underEnd } from './row-words.ts';
import { useCheck } from './useChecks.ts';

/** One registry: who, how it stands, with which credential, until when; with a reason and an action where it needs one. */
export const RegistryRow = memo(function RegistryRow({
  row,
  user,
  isFirst,
  isStale,
}: {
  row: Row;
  user: string | undefined;
  /** Whether this is the one thing to do first. */
  isFirst: boolean;
  isStale: boolean;
}) {
  const { tone, icon, word } = loginOutcomes[row.status];
  const action = actionOf(row);
  const kept = keptIn(row);
  return (
    <li
      className={styles.row}
      data-tone={tone}
      data-status={row.status}
      data-host={row.host}
      data-hot={action !== null || undefined}
    >
      <ProviderTile mark={row.provider.mark} />
      <RowName row={row} />
      <span className={styles.badge}>
        <StatusBadge tone={tone} icon={icon} word={word} />
      </span>
      <span className={styles.kept}>
        <Icon id={kept.icon} size="sm" />
        <span>{kept.word}</span>
      </span>
      <Expiry
        className={styles.end}
        end={row.end}
        verdict={endVerdict(row)}
        under={underEnd(row, serverNow())}
        lines={() => endLines(row.end, serverNow())}
      />
      {action && (
        <p className={styles.why}>
          {row.why}{' '}
          {row.failedPulls24h > 0 && (
            <>
              <b>{countText(row.failedPulls24h, 'pull')} failed</b> in 24&nbsp;h.{' '}
            </>
          )}
          {row.checkedAt && (
            <span className={styles.quiet}>
              {row.checking ? (
                'Checking.'
              ) : (
                <>
                  Checked <Age at={row.checkedAt} />.
                </>
              )}
            </span>
          )}
        </p>
      )}
      <div className={styles.act}>
        {action ? (
          <RowButton action={action} row={row} user={user} isPrimary={isFirst} isStale={isStale} />
        ) : (
          <RowAge row={row} />
        )}
      </div>
    </li>
  );
});

function RowName({ row }: { row: Row }) {
  const { host, name, provider, rateLimit } = row;
  const remaining = rateLimit?.remaining ?? null;
  // what is run by nobody known has no other name than its host
  const under = name === host ? (provider.id === 'generic' ? null : provider.name) : host;
  return (
    <div className={styles.name}>
      <span className={styles.title}>
        <Link to="/registries/$host" params={{ host }} data-row="">
          {name}
        </Link>
        {remaining !== null && name !== host && <code>{host}</code>}
      </span>
      {remaining !== null ? (
        <RateBar remaining={remaining} limit={rateLimit?.limit ?? null} unit={quotaUnit(row)} />
      ) : (
        under && (
          <span className={name === host ? styles.provider : styles.host} title={under}>
            {under}
          </span>
        )
      )}
    </div>
  );
}

/** How old the result is; while the next check runs, its arc stands beside it. */
function RowAge({ row: { checking, checkedAt } }: { row: Row }) {
  return (
    <span className={styles.age}>
      {checking && <StatusMark tone="running" icon="running" />}
      {checking && <span className="sr">Checking</span>}
      {checkedAt && <Age at={checkedAt} />}
    </span>
  );
}

function RowButton({
  action,
  row: { host, name, checking },
  user,
  isPrimary,
  isStale,
}: {
  action: RowAction;
  row: Row;
  user: string | undefined;
  isPrimary: boolean;
  isStale: boolean;
}) {
  const look = buttonClass({ kind: isPrimary ? 'primary' : 'normal', size: 'sm' });
  const words = (
    <>
      {action.word}
      <span className="sr"> for {name}</span>
    </>
  );
  if (action.kind === 'cause')
    return (
      <CauseLink cause={action.cause} hash="what-to-do" className={look}>
        {words}
      </CauseLink>
    );
  if (action.kind === 'detail')
    return (
      <Link to="/registries/$host" params={{ host }} className={look}>
        {words}
      </Link>
    );
  return (
    <CheckButton
      host={host}
      name={name}
      user={user}
      isChecking={checking}
      isPrimary={isPrimary}
      isStale={isStale}
    />
  );
}

function CheckButton({
  host,
  name,
  user,
  isChecking,
  isPrimary,
  isStale,
}: {
  host: string;
  name: string;
  user: string | undefined;
  isChecking: boolean;
  isPrimary: boolean;
  isStale: boolean;
}) {
  const { start, startedAt, error } = useCheck(host, user);
  const isBusy = isChecking || startedAt !== null;
  return (
    <Button
      size="sm"
      kind={isPrimary ? 'primary' : 'normal'}
      disabled={isBusy || isStale}
      {...(isBusy ? { icon: 'running' as const } : {})}
      onClick={start}
    >
      {isBusy ? 'Checking' : error ? 'Check again' : 'Check now'}
      <span className="sr">
        {' '}
        {name}
        {error && `. ${error.message}`}
      </span>
    </Button>
  );
}
