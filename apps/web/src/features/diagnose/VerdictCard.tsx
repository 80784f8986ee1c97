import { causeFacts } from '@pull-doctor/contract/causes';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { Finding } from '@pull-doctor/contract/finding';
import type { StepName } from '@pull-doctor/contract/steps';
import type { ReactNode } from 'react';
import { confidenceOf, outcomeOfDiagnosis } from '../../outcome.ts';
import { ConfidenceBars } from '../../ui/ConfidenceBars.tsx';
import { Redactable } from '../../ui/Redactable.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { CauseLink } from '../causes/CauseLink.tsx';
import { AlsoLookedAt } from './AlsoLookedAt.tsx';
import { Commands } from './Commands.tsx';
import { EvidenceLinks } from './EvidenceLinks.tsx';
import { OtherFinding } from './OtherFinding.tsx';
import { PullFacts } from './PullFacts.tsx';
import { VantageNotes } from './VantageNotes.tsx';
import styles from './VerdictCard.module.css';

/** What follows from a diagnosis that has ended: what, why, what to do, and what it rests on. */
export function VerdictCard({
  diagnosis,
  actions,
  onStep,
}: {
  diagnosis: Diagnosis;
  actions: ReactNode;
  onStep: (step: StepName) => void;
}) {
  const isPullable = diagnosis.pullable === 'yes';
  // what an error text tells of another program is no verdict about a pull that works here
  const finding = isPullable ? undefined : diagnosis.findings[0];
  const others = isPullable ? diagnosis.findings : diagnosis.findings.slice(1);
  const outcome = outcomeOfDiagnosis({ ...diagnosis, cause: finding?.cause ?? null });
  // where the first is not sure, another that is not either competes with it; a sure one is a second thing that is wrong
  const isCandidate = ({ certainty }: Finding) =>
    finding?.certainty !== 'confirmed' && certainty !== 'confirmed';
  const candidates = diagnosis.findings.filter(isCandidate).length;
  const isTinted = outcome.tone !== 'unknown';
  return (
    <section className={styles.card} aria-labelledby="verdict">
      <div className={styles.head} data-tone={outcome.tone} data-plain={isTinted ? undefined : ''}>
        <div className={styles.badges}>
          <StatusBadge {...outcome} />
          {finding && <ConfidenceBars {...confidenceOf(finding)} />}
          {!isPullable && candidates > 1 && <span className={styles.meta}>{candidates} candidates</span>}
        </div>
        <h1 id="verdict">
          <Redactable text={diagnosis.verdict} />
        </h1>
        {finding && finding.what !== diagnosis.verdict && (
          <p>
            <Redactable text={finding.what} />
          </p>
        )}
        {finding && (
          <p>
            <Redactable text={finding.why} />
          </p>
        )}
        <div className={styles.actions}>{actions}</div>
      </div>
      {finding && (finding.todo || finding.commands.length > 0) && (
        <Section title={finding.certainty === 'guess' ? 'Check this' : 'What to do'}>
          <p className={styles.todo}>
            <Redactable text={finding.todo} />
          </p>
          <Commands commands={finding.commands} />
          <p className={styles.about}>
            <CauseLink cause={finding.cause}>More about “{causeFacts[finding.cause].badge}”</CauseLink>
          </p>
        </Section>
      )}
      {isPullable && (
        <Section title="What a pull would use">
          <PullFacts steps={diagnosis.steps} />
        </Section>
      )}
      {finding && finding.restsOn.length > 0 && (
        <Section title="Evidence">
          <EvidenceLinks
            restsOn={finding.restsOn}
            steps={diagnosis.steps}
            tone={causeFacts[finding.cause].tint}
            onStep={onStep}
          />
        </Section>
      )}
      {others.map((other) => (
        <Section
          key={other.cause}
          title={isPullable ? 'What your text tells' : isCandidate(other) ? 'Or it is this' : 'Also found'}
        >
          <OtherFinding finding={other} steps={diagnosis.steps} onStep={onStep} />
        </Section>
      ))}
      <AlsoLookedAt
        ruledOut={diagnosis.ruledOut}
        open={diagnosis.open}
        alternatives={diagnosis.findings[0]?.alternatives ?? []}
        section={(children) => <Section title="Also looked at">{children}</Section>}
      />
      <VantageNotes
        notes={diagnosis.vantageNotes}
        section={(children) => <Section title="Good to know">{children}</Section>}
      />
    </section>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.section}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
