import type { AttemptStats } from '@pull-doctor/contract/attempts';
import { families } from '@pull-doctor/contract/causes';
import { type Step, stepSpan } from './chart.ts';
import { familyNames } from './filters.ts';
import styles from './PullChart.module.css';

/** The numbers of the bars, those of nothing left empty. */
export function PullTable({ stats, onStep }: { stats: AttemptStats; onStep: (step: Step) => void }) {
  const seen = families.filter((family) => stats.steps.some(({ failed }) => failed[family]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Pulls over time, as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">From, to, UTC</th>
            {seen.map((family) => (
              <th key={family} scope="col">
                {familyNames[family]}
              </th>
            ))}
            <th scope="col">Pulled</th>
          </tr>
        </thead>
        <tbody>
          {stats.steps.toReversed().map((step) => (
            <tr key={step.at}>
              <th scope="row">
                <button type="button" className={styles.span} onClick={() => onStep(step)}>
                  {stepSpan(step.at, stats.stepSeconds)}
                </button>
              </th>
              {seen.map((family) => (
                <td key={family}>{step.failed[family] ?? 0}</td>
              ))}
              <td>{step.pulled}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
