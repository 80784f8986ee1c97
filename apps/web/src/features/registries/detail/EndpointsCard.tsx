import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { StatusMark } from '../../../ui/StatusBadge.tsx';
import { endpointsOf } from './endpoints.ts';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

/** What was asked, in its order, what came of it and how long it took. */
export function EndpointsCard({ evidence }: { evidence: CheckEvidence | null }) {
  const asked = evidence ? endpointsOf(evidence) : [];
  return (
    <Span of={4} title="Endpoints" aside={<span className={styles.hint}>from where Pull Doctor runs</span>}>
      {asked.length === 0 ? (
        <p className={styles.body}>Nothing was asked yet.</p>
      ) : (
        <ul className={styles.list}>
          {asked.map(({ name, detail, outcome, result }) => (
            <li key={name}>
              <StatusMark {...outcome} />
              <span>
                <b>{name}</b>
                <code>{detail}</code>
              </span>
              <span className={styles.end} data-tone={outcome.tone === 'ok' ? undefined : outcome.tone}>
                {result}
              </span>
            </li>
          ))}
        </ul>
      )}
      {evidence?.cutOff && <p className={styles.body}>{evidence.cutOff}</p>}
    </Span>
  );
}
