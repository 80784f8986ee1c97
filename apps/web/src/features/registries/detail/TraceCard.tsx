import type { RegistryDetail } from '@pull-doctor/contract/registries';
import { StatusMark } from '../../../ui/StatusBadge.tsx';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';
import { traceOf } from './trace.ts';

/** Every place where Docker looks for the credential, in its order: matched or passed over, and why. */
export function TraceCard({ registry }: { registry: RegistryDetail }) {
  const credentials = registry.evidence?.credentials;
  const steps = traceOf(credentials, registry.row.deadKeys);
  return (
    <Span of={8} title="Where Docker looks for the credential">
      {credentials && (
        <p className={styles.body}>
          It looks up <code>{credentials.lookupKey}</code>.
        </p>
      )}
      {steps.length === 0 ? (
        <p className={styles.body}>The places were not looked at yet.</p>
      ) : (
        <ol className={styles.list}>
          {steps.map(({ key, place, why, word, outcome }) => (
            <li key={key}>
              <StatusMark {...outcome} />
              <span>
                <b>{place}</b>
                <small>{why}</small>
              </span>
              <span className={styles.end}>{word}</span>
            </li>
          ))}
        </ol>
      )}
      {credentials && credentials.notes.length > 0 && (
        <ul className={styles.body}>
          {credentials.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Span>
  );
}
