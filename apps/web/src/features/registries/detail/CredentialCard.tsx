import type { RegistryDetail } from '@pull-doctor/contract/registries';
import { serverNow } from '../../../clock.ts';
import { Expiry } from '../../../ui/Expiry.tsx';
import { Redactable } from '../../../ui/Redactable.tsx';
import { momentText } from '../../../ui/time-text.ts';
import { endLines, endVerdict } from '../row-words.ts';
import { credentialPairs } from './credential-pairs.ts';
import { EnteredEnd } from './EnteredEnd.tsx';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

/** The credential that Docker would send, and until when it works. */
export function CredentialCard({ registry, isStale }: { registry: RegistryDetail; isStale: boolean }) {
  const { row, enteredEnd } = registry;
  const { end } = row;
  // a date by hand is for what does not tell itself
  const takesDate = end.from === 'entered' || end.state === 'unknown' || enteredEnd !== null;
  return (
    <Span of={4} title="Credential">
      <div className={styles.body}>
        <Expiry
          className={styles.ring}
          size={58}
          end={end}
          verdict={endVerdict(row)}
          under={end.endsAt ? momentText(end.endsAt) : end.says}
          lines={() => endLines(end, serverNow())}
        />
        <dl className={styles.pairs}>
          {credentialPairs(row).map(({ label, value, isCode, note }) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd>
                {isCode ? (
                  <code>
                    <Redactable text={value} />
                  </code>
                ) : (
                  <Redactable text={value} />
                )}
                {note && <small>{note}</small>}
              </dd>
            </div>
          ))}
        </dl>
        {takesDate && <EnteredEnd host={row.host} enteredEnd={enteredEnd} isStale={isStale} />}
      </div>
    </Span>
  );
}
