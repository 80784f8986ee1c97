import type { RegistryDetail } from '@pull-doctor/contract/registries';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Age } from '../../../Age.tsx';
import { useNow } from '../../../clock.ts';
import { setDraft } from '../../../draft.ts';
import { useShortcuts } from '../../../keyboard.ts';
import { loginOutcomes } from '../../../login-outcome.ts';
import { ProblemBanner } from '../../../ProblemBanner.tsx';
import { Button, buttonClass } from '../../../ui/Button.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { ProviderTile } from '../../../ui/ProviderTile.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { CauseLink } from '../../causes/CauseLink.tsx';
import { actionOf } from '../row-words.ts';
import { useCheck } from '../useChecks.ts';
import { firstImage } from './image-of.ts';
import styles from './RegistryPage.module.css';

/** Name, status and reason, and what can be done. */
export function RegistryHead({
  registry,
  user,
  isStale,
}: {
  registry: RegistryDetail;
  user: string | undefined;
  isStale: boolean;
}) {
  const { row } = registry;
  const { host, name, provider, status, why, checkedAt, since, checking } = row;
  const { tone, icon, word } = loginOutcomes[status];
  const { start, stop, startedAt, error } = useCheck(host, user);
  const navigate = useNavigate();
  const action = actionOf(row);
  const isBusy = checking || startedAt !== null;
  useShortcuts(useMemo(() => (isStale ? {} : { again: start }), [isStale, start]));
  return (
    <>
      <div className={styles.head}>
        <ProviderTile mark={provider.mark} size="lg" />
        <div>
          <h1>
            {name} <StatusBadge tone={tone} icon={icon} word={word} />
          </h1>
          <div className={styles.host}>
            <code>{host}</code>
            <CopyButton size="sm" text={() => host}>
              Copy
            </CopyButton>
          </div>
        </div>
        <div className={styles.actions}>
          {startedAt !== null && (
            <Button kind="quiet" icon="x" title="The check itself goes on." onClick={stop}>
              Stop waiting
            </Button>
          )}
          <Button icon={isBusy ? 'running' : 'refresh'} disabled={isBusy || isStale} onClick={start}>
            {startedAt === null ? isBusy ? 'Checking' : 'Check now' : <Elapsed since={startedAt} />}
          </Button>
          <Button
            icon="diagnose"
            onClick={() => {
              setDraft(firstImage(host, registry.images));
              void navigate({ to: '/diagnose' });
            }}
          >
            Diagnose
          </Button>
          {action?.kind === 'cause' && (
            <CauseLink cause={action.cause} hash="what-to-do" className={buttonClass({ kind: 'primary' })}>
              {action.word}
            </CauseLink>
          )}
        </div>
        <p className={styles.why}>
          {why}{' '}
          <span className={styles.hint}>
            {since && (
              <>
                So since <Age at={since} />.{' '}
              </>
            )}
            {checkedAt ? (
              <>
                Checked <Age at={checkedAt} />.
              </>
            ) : (
              'Not checked yet.'
            )}
          </span>
        </p>
      </div>
      {error && <ProblemBanner error={error} title={`${name} was not checked.`} />}
    </>
  );
}

/** A check takes a moment; its seconds say that something happens. */
function Elapsed({ since }: { since: number }) {
  useNow(1000);
  const seconds = Math.floor((performance.now() - since) / 1000);
  return <>Checking{seconds > 0 && `, ${seconds}\u00a0s`}</>;
}
