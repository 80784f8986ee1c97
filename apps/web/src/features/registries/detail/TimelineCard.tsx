import type { RegistryDetail } from '@pull-doctor/contract/registries';
import { momentText } from '../../../ui/time-text.ts';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';
import { timelineOf } from './timeline.ts';

/** How the credential stood over time, when it ends, and which pulls failed; the same as a table. */
export function TimelineCard({ registry }: { registry: RegistryDetail }) {
  const { spans, pulls, now, ticks, sentence } = timelineOf(registry);
  return (
    <Span of={8} title="Expiry timeline" aside={<span className={styles.hint}>36 h back, 12 h ahead</span>}>
      <div className={styles.body}>
        {spans.length === 0 ? (
          <p>There is nothing to draw yet: no check has ended.</p>
        ) : (
          <>
            <div className={styles.line} role="img" aria-label={sentence}>
              {spans.map(({ fromAt, from, to, tone, word, isAhead }) => (
                <i
                  key={`${fromAt}${isAhead}`}
                  data-tone={tone}
                  data-ahead={isAhead || undefined}
                  title={word}
                  style={{ left: `${from}%`, width: `${to - from}%` }}
                />
              ))}
              {pulls.map((at, index) => (
                // two pulls may fail in one moment
                <u key={`${at}${index}`} style={{ left: `${at}%` }} />
              ))}
              <s style={{ left: `${now}%` }} />
            </div>
            <div className={styles.ticks} aria-hidden="true">
              {ticks.map(({ at, text }) => (
                <span key={at} style={{ left: `${at}%` }}>
                  {text}
                </span>
              ))}
            </div>
            <ul className={styles.keys} aria-hidden="true">
              <li data-tone="ok">
                <i />
                Signed in
              </li>
              <li data-tone="expired">
                <i data-gap="" />
                No valid credential
              </li>
              <li data-tone="ok">
                <i data-ahead="" />
                Until its end
              </li>
              <li>
                <i data-pull="" />
                Failed pull
              </li>
            </ul>
            <details className={styles.twin}>
              <summary>The same as a table</summary>
              <p>{sentence}</p>
              <table>
                <thead>
                  <tr>
                    <th scope="col">From</th>
                    <th scope="col">To</th>
                    <th scope="col">Status</th>
                  </tr>
                </thead>
                <tbody>
                  {spans.map(({ fromAt, toAt, word, isAhead }) => (
                    <tr key={`${fromAt}${isAhead}`}>
                      <td>{momentText(new Date(fromAt).toISOString())}</td>
                      <td>{momentText(new Date(toAt).toISOString())}</td>
                      <td>{word}</td>
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
