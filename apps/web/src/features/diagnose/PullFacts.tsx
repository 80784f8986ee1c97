import type { Step } from '@pull-doctor/contract/diagnoses';
import type { IconId } from '../../ui/Icon.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { bytesText } from '../../ui/time-text.ts';
import { platformText } from './evidence/registry.ts';
import styles from './VerdictCard.module.css';

interface Fact {
  icon: IconId;
  label: string;
  value: string;
}

/** What a pull of this image would take: digest, platform, credential. Read from the evidence. */
export function PullFacts({ steps }: { steps: readonly Step[] }) {
  const facts = factsOf(steps);
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map(({ icon, label, value }) => (
        <div key={label}>
          <dt>
            <Icon id={icon} size="sm" />
            {label}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function factsOf(steps: readonly Step[]): Fact[] {
  const facts: Fact[] = [];
  for (const { step, evidence } of steps) {
    if (evidence === null) continue;
    if (step === 'credentials')
      facts.push({
        icon: 'key',
        label: 'Credential',
        value: evidence.used
          ? `${evidence.used.user ?? 'a token'}, from ${evidence.used.place}`
          : 'none: the image is public',
      });
    if (step === 'manifest') {
      const ask = evidence.asDocker === 'signed-in' ? evidence.signedIn : evidence.anonymous;
      const digest = ask?.digest ?? evidence.body?.digestComputed;
      if (digest) facts.push({ icon: 'tag', label: 'Digest', value: digest });
    }
    if (step === 'platform') {
      if (evidence.chosen)
        facts.push({ icon: 'layers', label: 'Platform', value: platformText(evidence.chosen) });
      const image = evidence.image?.image;
      if (image)
        facts.push({
          icon: 'disk',
          label: 'Size',
          value: `${bytesText(image.compressedBytes)} compressed, ${image.layers.length === 1 ? '1 layer' : `${image.layers.length} layers`}`,
        });
    }
  }
  return facts;
}
