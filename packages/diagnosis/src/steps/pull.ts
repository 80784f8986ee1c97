import type { PullEvidence } from '@pull-doctor/contract/evidence/daemon';
import { shortDigest } from '../facts/subject.ts';
import { bytes } from '../words/bytes.ts';
import { quoted } from '../words/sentence.ts';
import { done, failed, type StepDescribed, warning } from './described.ts';

export function describePull(pull: PullEvidence): StepDescribed {
  switch (pull.outcome) {
    case 'pulled': {
      const digest = pull.digest ? ` ${shortDigest(pull.digest)}` : '';
      return done(
        pull.upToDate
          ? `Up to date:${digest || ' nothing to download'}`
          : `Pulled${digest}, ${bytes(pull.bytes)}`,
      );
    }
    case 'failed':
      return failed(`The daemon says ${quoted(pull.message ?? 'nothing')}`);
    case 'stopped':
      return warning(`Stopped after ${bytes(pull.bytes)}`);
  }
}
