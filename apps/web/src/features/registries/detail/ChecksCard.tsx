import type { RegistryCheck } from '@pull-doctor/contract/registries';
import { loginOutcomes } from '../../../login-outcome.ts';
import { clockText, durationText, momentText } from '../../../ui/time-text.ts';
import { checksSentence, foldChecks, lastChecks, windowStart } from './checks.ts';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

/** Each check of the last 90 minutes as a bar, and the same as a table. */
export function ChecksCard({ checks, now }: { checks: readonly RegistryCheck[]; now: string }) {
  const shown = lastChecks(checks, Date.parse(now));
  const { share, sentence } = checksSentence(shown);
  return (
    <Span of={7} title="Checks, last 90 m" aside={<span className={styles.hint}>{share}</span>}>
      <div className={styles.body}>
        {shown.length === 0 ? (
          <p>It was not checked in that time.</p>
        ) : (
          <>
            <div className={styles.bars} role="img" aria-label={sentence}>
              {shown.map(({ at, status, ms }) => (
                <i
                  key={at}
                  data-tone={loginOutcomes[status].tone}
                  title={`${momentText(at)}: ${loginOutcomes[status].word}, ${durationText(ms)}`}
                />
              ))}
            </div>
            <div className={styles.axis}>
              <span>{clockText(windowStart(now)).slice(0, 5)}</span>
              <span>{sentence}</span>
              <span>{clockText(now).slice(0, 5)}&nbsp;UTC</span>
            </div>
            <details className={styles.twin}>
              <summary>The same as a table</summary>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Time, UTC</th>
                    <th scope="col">Status</th>
                    <th scope="col">Why</th>
                  </tr>
                </thead>
                <tbody>
                  {foldChecks(shown).map(({ first, last, times }) => (
                    <tr key={first.at}>
                      <td>
                        {clockText(last.at)}
                        {times > 1 && `, ${times} times since ${clockText(first.at)}`}
                      </td>
                      <td>{loginOutcomes[last.status].word}</td>
                      <td>{last.why}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
          </>
        )}
      </div>
    </Span>
  );
}
