import type { TlsEvidence } from '@pull-doctor/contract/evidence/network';
import { useNow } from '../../../clock.ts';
import { countdownText } from '../../../ui/countdown-text.ts';
import { StatusBadge, StatusMark } from '../../../ui/StatusBadge.tsx';
import { momentText } from '../../../ui/time-text.ts';
import { chainOf, trustOf } from './certificate-words.ts';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

/** The chain as it was shown, when each of it ends, and whether this host trusts it. */
export function CertificateCard({ tls }: { tls: TlsEvidence | undefined }) {
  const now = useNow(60_000);
  if (!tls)
    return (
      <Span of={4} title="Certificate">
        <p className={styles.body}>The last check did not come as far as TLS.</p>
      </Span>
    );
  const { tone, icon, word, says } = trustOf(tls);
  return (
    <Span of={4} title="Certificate" aside={<StatusBadge tone={tone} icon={icon} word={word} />}>
      <ol className={styles.chain}>
        {chainOf(tls, now).map(({ sha256, name, kind, notAfter, outcome }) => (
          <li key={sha256}>
            <StatusMark {...outcome} />
            <span>
              <b>{name}</b>
              <small>{kind}</small>
            </span>
            <time dateTime={notAfter} title={`Ends ${momentText(notAfter)}`} data-tone={outcome.tone}>
              {countdownText(Date.parse(notAfter), now, true).text}
            </time>
          </li>
        ))}
      </ol>
      <p className={styles.body}>{says}</p>
    </Span>
  );
}
