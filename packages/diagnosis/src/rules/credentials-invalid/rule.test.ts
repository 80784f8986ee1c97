import { describe, expect, it } from 'vitest';
import { manifestAsk, tokenAsk } from '../../../test/evidence/healthy-pull.ts';
import { pullThatGets } from '../../../test/evidence/refused-pull.ts';
import { rowsOf, rowsOfOthers } from '../../../test/evidence/rows-by-cause.ts';
import { diagnose } from '../../engine.ts';
import { credentialsInvalid } from './rule.ts';

const findings = (evidence: Parameters<typeof diagnose>[0]) =>
  diagnose(evidence, [credentialsInvalid]).findings;

describe('credentials-invalid', () => {
  it.each(rowsOf('credentials-invalid'))('speaks when %s', (_, evidence) => {
    expect(findings(evidence)[0]).toMatchObject({ cause: 'credentials-invalid' });
  });

  it.each(rowsOfOthers('credentials-invalid'))('stays silent when %s', (_, evidence) => {
    expect(findings(evidence)).toEqual([]);
  });

  it.each([
    ['Docker Hub', 'incorrect username or password'],
    ['Docker Hub with enforced sign-on', 'your account must log in with a Personal Access Token (PAT)'],
    ['GitLab', 'HTTP Basic: Access denied. The provided password or token is incorrect'],
    ['Quay', 'Could not find robot with username: acme+ci and supplied password.'],
  ])('is confirmed by the words of %s, without a test of the login', (_, message) => {
    const evidence = pullThatGets(null, { user: 'deploy', token: tokenAsk(401, { message }) });
    expect(findings(evidence)).toMatchObject([
      { certainty: 'confirmed', confirmedBy: 'registry', wizard: 'sign-in' },
    ]);
  });

  it('leaves an end and a missing right open where the registry gives one answer for all three', () => {
    const evidence = pullThatGets(manifestAsk(401, { code: 'UNAUTHORIZED' }), {
      user: 'deploy',
      loginStatus: 503,
    });
    expect(findings(evidence)).toMatchObject([
      { certainty: 'likely', alternatives: [{ cause: 'credentials-expired' }, { cause: 'access-denied' }] },
    ]);
  });

  it('does not believe Nexus, which accepts any login where anonymous pulls are allowed', () => {
    const evidence = pullThatGets(manifestAsk(401, { code: 'UNAUTHORIZED' }), {
      user: 'deploy',
      loginStatus: 200,
    });
    const ping = evidence.ping as NonNullable<typeof evidence.ping>;
    expect(findings({ ...evidence, ping: { ...ping, provider: 'nexus' } })).toMatchObject([
      { certainty: 'likely' },
    ]);
    expect(findings(evidence)).toEqual([]);
  });

  it('speaks of a refresh token that OAuth endpoints answer with 400', () => {
    const evidence = pullThatGets(null, { user: 'deploy', token: tokenAsk(400), loginStatus: 400 });
    expect(findings(evidence)).toMatchObject([{ certainty: 'confirmed' }]);
  });

  it('keeps the user of the stored login in the command', () => {
    const evidence = pullThatGets(null, { user: 'robot$ci', token: tokenAsk(401), loginStatus: 401 });
    expect(findings(evidence)[0]?.commands[0]?.command).toBe(
      "docker login --username 'robot$ci' registry.corp.example",
    );
  });
});
