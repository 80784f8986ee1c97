import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { Age } from '../../../Age.tsx';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

const schemes: Record<string, string> = {
  basic: 'Basic, no token service',
  bearer: 'Bearer, by a token service',
};

/** How the registry asks for a credential, and what it said to the one that it got. */
export function ChallengeCard({ evidence }: { evidence: CheckEvidence | null }) {
  const challenge = evidence?.challenge;
  if (!evidence || !challenge || challenge.challenges.length === 0)
    return (
      <Span of={4} title="Auth challenge">
        <p className={styles.body}>
          {challenge
            ? 'It asks nobody for a credential.'
            : 'The last check did not come as far as the challenge.'}
        </p>
      </Span>
    );
  const chosen = challenge.chosen ?? challenge.challenges[0];
  const asked = evidence.token?.login?.exchange ?? evidence.token?.signedIn?.exchange ?? null;
  const [error] = evidence.token?.login?.errors ?? [];
  return (
    <Span
      of={4}
      title="Auth challenge"
      aside={
        <span className={styles.hint}>
          <Age at={evidence.now} />
        </span>
      }
    >
      <div className={styles.body}>
        {challenge.challenges.map(({ scheme, realm, service, scope, error: refusal }) => (
          <pre key={`${scheme}${realm}`} className={styles.header}>
            <i>Www-Authenticate:</i> {scheme === 'basic' ? 'Basic' : scheme === 'bearer' ? 'Bearer' : scheme}{' '}
            {[
              ['realm', realm],
              ['service', service],
              ['scope', scope],
              ['error', refusal],
            ]
              .filter(([, value]) => value !== null)
              .map(([key, value]) => `${key}="${value}"`)
              .join(',')}
          </pre>
        ))}
        <dl className={styles.pairs}>
          <dt>Scheme</dt>
          <dd>{chosen ? (schemes[chosen.scheme] ?? chosen.scheme) : 'none that can be answered'}</dd>
          {chosen?.service && (
            <>
              <dt>Service</dt>
              <dd>
                <code>{chosen.service}</code>
              </dd>
            </>
          )}
          {challenge.realm && !challenge.realm.allowed && (
            <>
              <dt>Realm</dt>
              <dd>{challenge.realm.why}</dd>
            </>
          )}
          {asked?.answer && (
            <>
              <dt>Answer</dt>
              <dd>
                {asked.answer.status}
                {error && (
                  <>
                    , <code>{error.code}</code> {error.message}
                  </>
                )}
              </dd>
            </>
          )}
          {challenge.fault && (
            <>
              <dt>Fault</dt>
              <dd>{challenge.fault}</dd>
            </>
          )}
        </dl>
      </div>
    </Span>
  );
}
