import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { type StepName, stepNames } from '@pull-doctor/contract/steps';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../test/evidence/make-evidence.ts';
import { dnsFails } from '../../test/evidence/network-faults.ts';
import { headline } from './headline.ts';

/** The evidence as it stands when this step has just ended. */
function seenUntil(last: StepName | null): Evidence {
  const evidence = evidenceOf({ user: 'deploy' });
  for (const step of stepNames.slice(last === null ? 0 : stepNames.indexOf(last) + 1)) delete evidence[step];
  return evidence;
}

describe('the headline of a diagnosis that runs', () => {
  it.each<[StepName | null, string]>([
    [null, 'Reading the image name.'],
    ['reference', 'The image name is valid. Now looking for the credential.'],
    ['credentials', 'The credentials were looked up. Now checking the network.'],
    ['dns', 'The credentials were looked up. Now checking the network.'],
    ['tls', 'The network is fine. Now asking the registry.'],
    ['ping', 'The registry answers. Now checking the login.'],
    ['token', 'The sign-in is settled. Now asking for the image.'],
    ['platform', 'The image is there. Now asking Docker on this host.'],
    ['daemon', 'Docker answers. Now pulling through Docker.'],
  ])('after %s', (step, text) => {
    expect(headline(seenUntil(step))).toBe(text);
  });

  it('names the obstacle as soon as there is one', () => {
    const evidence = dnsFails('name-not-found');
    delete evidence.daemon;
    expect(headline(evidence)).toBe('The name of the registry is not found. Now asking Docker on this host.');
  });
});
