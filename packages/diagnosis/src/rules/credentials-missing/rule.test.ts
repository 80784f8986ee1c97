import { describe, expect, it } from 'vitest';
import { manifestAsk, noLogin } from '../../../test/evidence/healthy-pull.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { credentialsMissing } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [credentialsMissing]).findings;

describe('credentials-missing', () => {
  it.each(rowsOf('credentials-missing'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'credentials-missing' });
  });

  it.each(rowsOfOthers('credentials-missing'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  const refused = manifestAsk(401, {
    as: 'anonymous',
    code: 'UNAUTHORIZED',
    challengeError: 'insufficient_scope',
  });

  it.each([
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
      'aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com',
    ],
    [
      'public.ecr.aws',
      'aws ecr-public get-login-password --region us-east-1 | docker login --username AWS --password-stdin public.ecr.aws',
    ],
    ['europe-west3-docker.pkg.dev', 'gcloud auth configure-docker europe-west3-docker.pkg.dev'],
    ['acme.azurecr.io', 'az acr login --name acme'],
    ['ghcr.io', 'docker login ghcr.io'],
    ['docker.io', 'docker login'],
    ['registry.corp.example:5000', 'docker login registry.corp.example:5000'],
  ])('tells how to sign in to %s, without the secret on the command line', (host, command) => {
    const [finding] = findings(pullThatGets(refused, { host }));
    expect(finding?.commands[0]?.command).toBe(command);
    expect(finding?.wizard).toBe('sign-in');
    for (const one of finding?.commands ?? []) expect(one.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('leaves open whether the repository exists, where the registry hides it', () => {
    expect(findings(pullThatGets(refused))).toMatchObject([
      { certainty: 'likely', alternatives: [{ cause: 'repository-not-found' }] },
    ]);
  });

  it('names the entry that looks right and is never read', () => {
    const credentials = {
      ...noLogin('docker.io'),
      deadEntries: [{ key: 'hub.docker.com', why: 'Docker reads only https://index.docker.io/v1/.' }],
    };
    expect(findings(pullThatGets(refused, { host: 'docker.io' }, { credentials }))[0]?.why).toContain(
      'hub.docker.com',
    );
  });
});
