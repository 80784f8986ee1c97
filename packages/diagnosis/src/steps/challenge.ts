import type { ChallengeEvidence } from '@pull-doctor/contract/evidence/registry';
import { upperFirst } from '../words/sentence.ts';
import { done, failed, type StepDescribed, warning } from './described.ts';

export function describeChallenge({ from, chosen, realm, fault }: ChallengeEvidence): StepDescribed {
  if (fault) return failed(fault);
  if (from === 'none' || !chosen) return done('The registry asks for no login');
  if (realm && !realm.allowed)
    return warning(
      `${upperFirst(chosen.scheme)}; the credential is not sent to ${realm.host ?? 'its realm'}`,
    );
  const where = realm?.host ?? chosen.realm ?? '';
  return done(
    chosen.scheme === 'basic'
      ? 'Basic: user and password with each request'
      : `${upperFirst(chosen.scheme)}, tokens from ${where}`,
  );
}
