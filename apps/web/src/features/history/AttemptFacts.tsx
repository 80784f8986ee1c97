import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { causeFacts } from '@pull-doctor/contract/causes';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Age } from '../../Age.tsx';
import { confidenceOf, outcomeOfAttempt } from '../../outcome.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { diagnosisQuery } from '../../queries.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { ConfidenceBars } from '../../ui/ConfidenceBars.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Redactable } from '../../ui/Redactable.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import {
  bytesText,
  clockText,
  countText,
  dateText,
  durationText,
  momentText,
  secondsText,
} from '../../ui/time-text.ts';
import { CauseLink } from '../causes/CauseLink.tsx';
import { useStartDiagnosis } from '../diagnose/useStartDiagnosis.ts';
import styles from './AttemptDrawer.module.css';
import { doorNames } from './doors.ts';
import { failureStateNames } from './failure-words.ts';
import { failureQuery } from './history-queries.ts';

/** All that is known of one attempt. What programs and registries said is quoted as text, word for word. */
export function AttemptFacts({
  attempt,
  repeats,
}: {
  attempt: PullAttempt;
  /** The attempts that are one row with it, itself among them. */
  repeats: readonly PullAttempt[];
}) {
  const { startedAt, message, door } = attempt;
  const first = repeats.reduce((a, b) => (Date.parse(b.startedAt) < Date.parse(a.startedAt) ? b : a));
  return (
    <div className={styles.facts}>
      <header>
        <p className={styles.when}>
          <StatusBadge {...outcomeOfAttempt(attempt)} />
          <span>
            {dateText(startedAt)}, {clockText(startedAt)} UTC, <Age at={startedAt} />.
            {repeats.length > 1 && ` ${repeats.length} times since ${clockText(first.startedAt).slice(0, 5)}`}
          </span>
        </p>
        <h2>{titleOf(attempt)}</h2>
      </header>
      <Verdict attempt={attempt} />
      {message && (
        <Part
          title={
            door === 'daemon-log' || door === 'pull-doctor' ? 'What the daemon wrote' : 'What was reported'
          }
          aside={
            <CopyButton size="sm" text={() => message}>
              Copy
            </CopyButton>
          }
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
          <pre className={styles.message} tabIndex={0}>
            <Redactable text={message} />
          </pre>
        </Part>
      )}
      {attempt.repository !== null && <ReadAs attempt={attempt} />}
      <WhereFrom attempt={attempt} />
      {attempt.fingerprint !== null && <SameFailure fingerprint={attempt.fingerprint} attempt={attempt} />}
      {repeats.length > 1 && <Repeats repeats={repeats} shown={attempt.id} />}
    </div>
  );
}

/** The image without its registry, which stands under it. */
function titleOf({ reference, registry, repository, tag, digest }: PullAttempt): string {
  if (repository !== null) return `${repository}${tag ? `:${tag}` : digest ? `@${digest}` : ''}`;
  return reference ?? (registry ? `an image of ${registry}` : 'an image that the log does not name');
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>
        {title}
        {aside}
      </h3>
      {children}
    </section>
  );
}

/** Why it failed, how sure that is, and the ways on. A pull that did not fail has none of it. */
function Verdict({ attempt }: { attempt: PullAttempt }) {
  const { outcome, cause, certainty, diagnosisId, reference, message, platform } = attempt;
  const { data: diagnosis } = useQuery({
    ...diagnosisQuery(diagnosisId ?? ''),
    enabled: diagnosisId !== null,
  });
  const start = useStartDiagnosis();
  if (outcome === 'pulled' && diagnosisId === null) return null;
  const finding = diagnosis?.findings.find((found) => found.cause === cause);
  const { tone } = outcomeOfAttempt(attempt);
  const input = reference ?? message;
  return (
    <div className={styles.verdict} data-tone={tone}>
      {outcome === 'failed' && (
        <>
          <strong>
            {finding ? <Redactable text={finding.what} /> : cause ? causeFacts[cause].badge : 'Cause unknown'}
          </strong>
          <p>
            {finding ? (
              <Redactable text={finding.why} />
            ) : certainty === 'confirmed' ? (
              'The message says so itself.'
            ) : (
              'Read from the message alone; the registry was not asked.'
            )}
          </p>
        </>
      )}
      <div className={styles.actions}>
        {outcome !== 'pulled' && outcome !== 'running' && input && (
          <Button
            kind="primary"
            icon={start.isPending ? 'running' : 'diagnose'}
            disabled={start.isPending}
            onClick={() =>
              start.mutate({
                input,
                image: '',
                platform: platform ?? '',
                pull: false,
              })
            }
          >
            {diagnosisId === null ? 'Diagnose' : 'Diagnose again'}
          </Button>
        )}
        {diagnosisId !== null && (
          <Link to="/diagnose/$id" params={{ id: diagnosisId }} className={buttonClass({})}>
            {outcome === 'running' ? 'Watch the pull' : 'See its diagnosis'}
          </Link>
        )}
        {cause !== null && cause !== 'unknown' && (
          <CauseLink cause={cause} hash="what-to-do" className={buttonClass({ kind: 'quiet' })}>
            What to do
          </CauseLink>
        )}
        {certainty !== null && (
          <ConfidenceBars {...confidenceOf({ certainty, confirmedBy: finding?.confirmedBy ?? null })} />
        )}
      </div>
      {start.error && <ProblemBanner error={start.error} title="The diagnosis could not be started." />}
    </div>
  );
}

/** The reference in its parts, each named. */
function ReadAs({ attempt: { registry, repository, tag, digest } }: { attempt: PullAttempt }) {
  const parts = [
    { name: 'registry', value: registry, after: '/' },
    { name: 'repository', value: repository, after: tag ? ':' : digest ? '@' : '' },
    { name: 'tag', value: tag, after: '' },
    { name: 'digest', value: tag ? null : digest, after: '' },
  ];
  return (
    <Part title="Read as">
      <dl className={styles.parts}>
        {parts.map(
          ({ name, value, after }) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <code>{value}</code>
                  {after}
                </dd>
              </div>
            ),
        )}
      </dl>
    </Part>
  );
}

function WhereFrom({ attempt }: { attempt: PullAttempt }) {
  const { host, user, client, platform, door, digest, outcome, tookMs, bytes } = attempt;
  const facts: [string, ReactNode][] = [
    ['Host', host],
    ['User', user ?? unknown('not told')],
    ['Client', client ? <code>{client}</code> : unknown('not told')],
    ['Platform', platform ?? unknown('not told')],
    ['Heard from', doorNames[door]],
    [
      'Digest',
      digest ? <code>{digest}</code> : unknown(outcome === 'failed' ? 'none, the pull failed' : 'not told'),
    ],
    ...(tookMs === null ? [] : [['Took', durationText(tookMs)] as [string, ReactNode]]),
    ...(bytes === null ? [] : [['Read', bytesText(bytes)] as [string, ReactNode]]),
  ];
  return (
    <Part title="Where from">
      <dl className={styles.pairs}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

const unknown = (text: string) => <span className={styles.untold}>{text}</span>;

const repeatsShown = 50;

function Repeats({ repeats, shown }: { repeats: readonly PullAttempt[]; shown: string }) {
  const more = repeats.length - repeatsShown;
  return (
    <Part title={`Repeated ${repeats.length} times`}>
      <ol className={styles.repeats}>
        {repeats.slice(0, repeatsShown).map(({ id, startedAt, tookMs }) => (
          <li key={id} aria-current={id === shown || undefined}>
            <time dateTime={startedAt} title={momentText(startedAt)}>
              {clockText(startedAt)}
            </time>
            {tookMs !== null && <span>{secondsText(tookMs, 1)}</span>}
          </li>
        ))}
      </ol>
      {more > 0 && <p className={styles.untold}>and {countText(more, 'earlier one')}</p>}
    </Part>
  );
}

function SameFailure({ fingerprint, attempt }: { fingerprint: string; attempt: PullAttempt }) {
  const { data: failure } = useQuery(failureQuery(fingerprint));
  if (!failure) return null;
  const ofDay = failure.hourly.reduce((sum, hour) => sum + hour, 0);
  return (
    <Part title="The same failure, last 24 h">
      <div data-family={causeFacts[attempt.cause ?? 'unknown'].family}>
        <Sparkline counts={failure.hourly} width={500} height={32} />
      </div>
      <p className={styles.same}>
        {countText(ofDay, 'time')} in the last 24 h, {failure.count.toLocaleString('en')} in all since{' '}
        {momentText(failure.firstSeenAt)}. {failureStateNames[failure.state]}
        {failure.fixed && `: by ${failure.fixed.by}, ${momentText(failure.fixed.at)}`}.
      </p>
      <Link to="/history" search={{ fingerprint, from: '30d' }} className={styles.all}>
        All of them <Icon id="right" size="sm" />
      </Link>
    </Part>
  );
}
