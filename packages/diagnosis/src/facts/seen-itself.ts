import type { Cause } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { StepName } from '@pull-doctor/contract/steps';
import { bytes } from '../words/bytes.ts';
import { duration } from '../words/duration.ts';
import { upperFirst } from '../words/sentence.ts';
import { brokenConfig } from './broken-config.ts';
import { clockThatDiffers } from './clock.ts';
import { credentialInWords, endedSecondsAgo, unseenCredential } from './credential.ts';

/** What Pull Doctor sees of a cause that an error text names, without a registry to show that it matters. */
export interface SeenItself {
  step: StepName;
  /** A sentence. */
  says: string;
  /** The headline, where it names more than the text does. */
  what: string | null;
}

// Below this, no image of any use can be unpacked.
const diskBytesMin = 200_000_000;

/**
 * Looks for a cause of the host in the evidence. A rule speaks of it only where the registry's answer shows that it keeps
 * the pull from working; where a text shows that already, the fact alone is the second piece of evidence.
 */
export function seenItself(evidence: Evidence, cause: Cause): SeenItself | null {
  switch (cause) {
    case 'config-malformed':
    case 'helper-missing':
    case 'helper-failed': {
      const broken = brokenConfig(evidence);
      return broken?.cause === cause
        ? { step: 'credentials', says: `On this host: ${broken.what}`, what: broken.what }
        : null;
    }
    case 'credentials-expired': {
      const used = evidence.credentials?.used;
      const ago = endedSecondsAgo(used, evidence.now);
      if (!used || ago === null) return null;
      return {
        step: 'credentials',
        says: `${upperFirst(credentialInWords(used))} ran out ${duration(ago)} ago.`,
        what: null,
      };
    }
    case 'credentials-missing':
      if (!evidence.credentials || evidence.credentials.used || unseenCredential(evidence)) return null;
      return { step: 'credentials', says: 'No credential for this registry is stored here.', what: null };
    case 'clock-skew': {
      const clock = clockThatDiffers(evidence);
      if (!clock) return null;
      const by = duration(Math.abs(clock.offsetSeconds));
      return {
        step: clock.step,
        says: `The clock of ${clock.whose} is ${by} ${clock.offsetSeconds < 0 ? 'behind' : 'ahead of'} that of Pull Doctor.`,
        what: null,
      };
    }
    case 'local-storage': {
      const disk = evidence.daemon?.disk;
      if (!disk || disk.freeBytes >= diskBytesMin) return null;
      return { step: 'daemon', says: `${bytes(disk.freeBytes)} are free under ${disk.path}.`, what: null };
    }
    default:
      return null;
  }
}
