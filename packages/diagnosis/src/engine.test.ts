import type { CredentialsEvidence, HelperRun } from '@pull-doctor/contract/evidence/credentials';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { describe, expect, it } from 'vitest';
import { faultRows } from '../test/evidence/fault-rows.ts';
import { manifestAsk, noLogin, runningDaemon, storedLogin, tokenAsk } from '../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../test/evidence/make-evidence.ts';
import { dnsFails, pulled, pullSays } from '../test/evidence/network-faults.ts';
import { pullThatGets } from '../test/evidence/refused-pull.ts';
import { diagnose } from './engine.ts';
import { defineRule } from './rules/define-rule.ts';

describe('the first finding', () => {
  it.each(faultRows)('%s', (name, evidence, cause, certainty) => {
    const { findings, pullable, verdict } = diagnose(evidence);
    expect(findings[0]).toMatchObject({ cause, certainty });
    // Some versions of Docker take a platform that was asked for and does not fit; and the daemon has its own clock.
    const mayStillPull = [
      'a platform asked for by name, and a single manifest of another',
      'not valid yet, by a clock that is off',
    ];
    expect(pullable).toBe(mayStillPull.includes(name) ? 'unknown' : 'no');
    expect(verdict).toBe(findings[0]?.what);
  });
});

const host = 'registry.corp.example';
const refused = manifestAsk(401, { as: 'anonymous', code: 'UNAUTHORIZED' });
const downDaemon: NonNullable<Evidence['daemon']> = {
  ...runningDaemon(),
  reached: false,
  info: null,
  disk: null,
  failure: { code: 'no-socket', message: 'connect ENOENT /var/run/docker.sock', owner: null },
};
const brokenFile: CredentialsEvidence = {
  ...noLogin(host),
  file: {
    ...noLogin(host).file,
    state: 'malformed',
    faults: [
      { code: 'trailing-comma', what: 'A comma before the closing brace.', key: null, line: 5, column: 4 },
    ],
  },
};
const helper = (outcome: HelperRun['outcome']): CredentialsEvidence => ({
  ...noLogin(host),
  helper: {
    name: 'desktop',
    program: 'docker-credential-desktop',
    foundAt: null,
    searched: ['/usr/bin', '/bin'],
    outcome,
    exitStatus: outcome === 'failed' ? 1 : null,
    message: null,
    ms: 2,
  },
});

describe('a pull that works', () => {
  it('has no findings, and the verdict names digest and user', () => {
    const { findings, pullable, verdict } = diagnose(evidenceOf({ user: 'deploy' }));
    expect(findings).toEqual([]);
    expect(pullable).toBe('yes');
    expect(verdict).toContain('sha256:3f2a3f2a3f2a');
    expect(verdict).toContain('signed in as deploy');
  });

  it.each<[string, Evidence]>([
    ['a broken config.json, where the image is public', evidenceOf({}, { credentials: brokenFile })],
    ['a missing helper, where the image is public', evidenceOf({}, { credentials: helper('missing') })],
    [
      'an image that stands alone and is for another platform',
      evidenceOf(
        {},
        {
          platform: {
            ...(evidenceOf().platform as NonNullable<Evidence['platform']>),
            fits: 'no',
            available: [{ os: 'linux', architecture: 'arm64', variant: null }],
          },
        },
      ),
    ],
  ])('has no findings in spite of %s; the verdict says it', (_, evidence) => {
    const { findings, pullable, verdict } = diagnose(evidence);
    expect(findings).toEqual([]);
    expect(pullable).toBe('yes');
    expect(verdict.length).toBeGreaterThan(diagnose(evidenceOf()).verdict.length);
  });

  it('is decided by a real pull, whatever the probe saw', () => {
    const { findings, pullable } = diagnose({ ...pullThatGets(refused), pull: pulled() });
    expect(findings).toEqual([]);
    expect(pullable).toBe('yes');
  });

  it('is not certain where the platform was not seen', () => {
    const evidence = evidenceOf();
    delete evidence.platform;
    expect(diagnose(evidence)).toMatchObject({ findings: [], pullable: 'unknown' });
  });
});

describe('a broken configuration that made the pull anonymous', () => {
  it.each<[string, CredentialsEvidence, string]>([
    ['config.json', brokenFile, 'config-malformed'],
    [
      'DOCKER_AUTH_CONFIG',
      { ...noLogin(host), environment: { state: 'broken', what: 'It is not JSON.' } },
      'config-malformed',
    ],
    ['a helper that is missing', helper('missing'), 'helper-missing'],
    ['a helper that may not be executed', helper('not-executable'), 'helper-missing'],
    ['a helper that fails', helper('failed'), 'helper-failed'],
    ['a helper that hangs', helper('timed-out'), 'helper-failed'],
    ['a helper that prints garbage', helper('garbage'), 'helper-failed'],
  ])(
    '%s is the cause, and no second finding says that the credential is missing',
    (_, credentials, cause) => {
      const { findings } = diagnose(pullThatGets(refused, {}, { credentials }));
      expect(findings.map((finding) => finding.cause)).toEqual([cause]);
      expect(findings[0]?.certainty).toBe('confirmed');
    },
  );

  it('is not the cause where the helper works and holds nothing', () => {
    const { findings } = diagnose(pullThatGets(refused, {}, { credentials: helper('not-found') }));
    expect(findings.map(({ cause }) => cause)).toEqual(['credentials-missing']);
  });

  it('is not the cause of an official name that does not exist', () => {
    const evidence = pullThatGets(
      refused,
      { host: 'docker.io', repository: 'library/nope' },
      { credentials: brokenFile },
    );
    expect(diagnose(evidence).findings.map(({ cause }) => cause)).toEqual(['repository-not-found']);
  });

  it('leaves a pull uncertain where one broken entry endangers a login that works', () => {
    const login = storedLogin(host, 'deploy');
    const credentials: CredentialsEvidence = {
      ...login,
      file: {
        ...login.file,
        faults: [
          {
            code: 'bad-base64',
            what: 'The entry is not base64.',
            key: 'old.example.com',
            line: 9,
            column: 3,
          },
        ],
      },
    };
    const evidence = evidenceOf({ user: 'deploy', scheme: 'basic' }, { credentials });
    expect(diagnose(evidence)).toMatchObject({
      findings: [{ cause: 'config-malformed', certainty: 'likely' }],
      pullable: 'unknown',
    });
  });

  it('is a warning in the verdict where nothing shows that the image needs the login', () => {
    const login = storedLogin(host, 'deploy');
    const fault = {
      code: 'bad-base64' as const,
      what: 'It is not base64.',
      key: 'old.example.com',
      line: 9,
      column: 3,
    };
    const credentials: CredentialsEvidence = { ...login, file: { ...login.file, faults: [fault] } };
    const { findings, pullable, verdict } = diagnose(evidenceOf({ user: 'deploy' }, { credentials }));
    expect(findings).toEqual([]);
    expect(pullable).toBe('yes');
    expect(verdict).toContain('line 9');
  });

  it('stops Docker 29 at a failing helper for public images too', () => {
    const evidence = evidenceOf(
      {},
      { credentials: helper('failed'), daemon: runningDaemon({ version: '29.1.0' }) },
    );
    expect(diagnose(evidence).findings).toMatchObject([{ cause: 'helper-failed', certainty: 'likely' }]);
  });
});

describe('a credential that Pull Doctor cannot see', () => {
  const credentials: CredentialsEvidence = {
    ...helper('elsewhere'),
    sources: [
      {
        place: 'credsStore',
        key: null,
        state: 'passed-over',
        why: 'The helper lives on the host.',
        helper: 'desktop',
        code: 'elsewhere',
      },
    ],
  };

  it('makes every reading a guess', () => {
    const { findings, pullable } = diagnose(pullThatGets(refused, {}, { credentials }));
    expect(findings).toMatchObject([{ cause: 'credentials-missing', certainty: 'guess' }]);
    expect(findings[0]?.alternatives.map(({ cause }) => cause)).toContain('access-denied');
    expect(pullable).toBe('unknown');
  });
});

describe('a realm that must not get the credential', () => {
  const evidence = pullThatGets(null, {
    user: 'deploy',
    token: {
      ...tokenAsk(200),
      exchange: null,
      token: null,
      outcome: 'not-sent',
      why: 'The realm is another domain.',
    },
  });
  const challenge = evidence.challenge as NonNullable<Evidence['challenge']>;
  const held: Evidence = {
    ...evidence,
    challenge: {
      ...challenge,
      realm: {
        url: 'https://evil.example/token',
        host: 'evil.example',
        allowed: false,
        code: 'other-domain',
        why: 'It is under another domain than the registry.',
      },
    },
  };

  it('is a guess of unknown cause that says what was held back', () => {
    const { findings, pullable } = diagnose(held);
    expect(findings).toMatchObject([{ cause: 'unknown', certainty: 'guess' }]);
    expect(findings[0]?.what).toContain('evil.example');
    expect(pullable).toBe('unknown');
  });
});

describe('facts about the host', () => {
  it('stand behind findings about the registry', () => {
    const { findings } = diagnose({
      ...pullThatGets(manifestAsk(404, { as: 'anonymous', code: 'NAME_UNKNOWN' })),
      daemon: downDaemon,
    });
    expect(findings.map(({ cause }) => cause)).toEqual(['repository-not-found', 'daemon-unreachable']);
  });

  it('are the finding where the registry would give the image', () => {
    expect(diagnose(evidenceOf({}, { daemon: downDaemon }))).toMatchObject({
      findings: [{ cause: 'daemon-unreachable', certainty: 'confirmed' }],
      pullable: 'no',
    });
  });
});

describe('a real pull that fails', () => {
  it('makes a finding surer where its words name the same cause', () => {
    const ask = manifestAsk(401, { code: 'UNAUTHORIZED', challengeError: 'invalid_token' });
    const evidence = pullThatGets(ask, { user: 'deploy' });
    const said =
      'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth/token: 401 Unauthorized';
    expect(diagnose(evidence).findings[0]).toMatchObject({
      cause: 'credentials-invalid',
      certainty: 'likely',
    });
    const { findings } = diagnose({ ...evidence, pull: pullSays(said) });
    expect(findings[0]).toMatchObject({ cause: 'credentials-invalid', certainty: 'very-likely' });
    expect(findings[0]?.restsOn.at(-1)?.step).toBe('pull');
  });

  it('does not make a finding surer by words that several causes end in', () => {
    const ask = manifestAsk(401, {
      as: 'anonymous',
      code: 'UNAUTHORIZED',
      challengeError: 'insufficient_scope',
    });
    const said =
      "pull access denied for team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied";
    const { findings } = diagnose({ ...pullThatGets(ask), pull: pullSays(said) });
    expect(findings).toMatchObject([{ cause: 'credentials-missing', certainty: 'likely' }]);
  });

  it.each([
    [
      'the disk is full',
      'write /var/lib/docker/tmp/GetImageBlob3936683477: no space left on device',
      'local-storage',
      'confirmed',
    ],
    ['a layer broke off', 'unexpected EOF', 'connection-failure', 'confirmed'],
    [
      'a layer has another digest',
      `filesystem layer verification failed for digest sha256:${'0'.repeat(64)}`,
      'registry-unavailable',
      'guess',
    ],
    [
      'a layer cannot be unpacked',
      'failed to register layer: unexpected EOF',
      'unsupported-image',
      'confirmed',
    ],
    [
      'the daemon does not trust the authority that Pull Doctor trusts',
      'Get "https://registry.corp.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'tls-untrusted',
      'confirmed',
    ],
    [
      'the daemon has other name servers',
      'Get "https://registry.corp.example/v2/": dial tcp: lookup registry.corp.example on 10.0.0.53:53: no such host',
      'dns-failure',
      'confirmed',
    ],
  ])('is the finding where only the daemon met it: %s', (_, message, cause, certainty) => {
    const { findings, pullable } = diagnose(evidenceOf({}, { pull: pullSays(message, 'layers') }));
    expect(findings).toMatchObject([{ cause, certainty }]);
    expect(pullable).toBe('no');
  });

  it('comes first, and what Pull Doctor met itself stays below', () => {
    const pull = pullSays('Get "https://registry.corp.example/v2/": Proxy Authentication Required');
    const { findings } = diagnose(dnsFails('name-not-found', {}, { pull }));
    expect(findings.map(({ cause }) => cause)).toEqual(['proxy-failure', 'dns-failure']);
  });

  it('does not come first with words that fit several causes, where Pull Doctor saw one', () => {
    const pull = pullSays('Get "https://registry.corp.example/v2/": context deadline exceeded');
    const { findings } = diagnose({
      ...pullThatGets(manifestAsk(404, { as: 'anonymous', code: 'NAME_UNKNOWN' })),
      pull,
    });
    expect(findings.map(({ cause }) => cause)).toEqual(['repository-not-found']);
  });

  it('is of unknown cause where its words are not known and the probe saw no fault', () => {
    const { findings } = diagnose(evidenceOf({}, { pull: pullSays('gremlins') }));
    expect(findings).toMatchObject([{ cause: 'unknown', certainty: 'guess' }]);
    expect(findings[0]?.why).toContain('gremlins');
  });
});

describe('a rule that throws', () => {
  const broken = defineRule({
    cause: 'tag-not-found',
    decides: 'Nothing.',
    needs: [],
    examine() {
      throw new TypeError('of null');
    },
    rulesOut() {
      throw new TypeError('of undefined');
    },
  });

  it('becomes a finding, and does not turn a pull that works into one that fails', () => {
    const { findings, open, pullable } = diagnose(evidenceOf(), [broken]);
    expect(findings).toMatchObject([{ cause: 'unknown', certainty: 'guess' }]);
    expect(findings[0]?.why).toContain('of null');
    expect(open).toMatchObject([{ cause: 'tag-not-found' }]);
    expect(pullable).toBe('yes');
  });
});

describe('the other causes', () => {
  it('are ruled out with a reason, or open with what would decide', () => {
    const evidence = pullThatGets(manifestAsk(401, { code: 'UNAUTHORIZED' }), {
      user: 'deploy',
      scheme: 'basic',
      loginStatus: 401,
    });
    const { findings, ruledOut, open } = diagnose(evidence);
    const taken = findings.map(({ cause }) => cause);
    expect(taken).toEqual(['credentials-invalid']);
    expect(ruledOut.map(({ cause }) => cause)).toEqual(
      expect.arrayContaining(['dns-failure', 'tls-invalid', 'credentials-missing', 'proxy-failure']),
    );
    expect(ruledOut.find(({ cause }) => cause === 'dns-failure')?.why).toContain('10.0.0.5');
    expect(open.map(({ cause }) => cause)).toContain('access-denied');
    expect([...ruledOut, ...open].map(({ cause }) => cause)).not.toContain('credentials-invalid');
  });

  it.each(faultRows)(
    'never rules out the cause that was found, nor a reading that stays open: %s',
    (_, evidence) => {
      const { findings, ruledOut } = diagnose(evidence);
      const named = findings.flatMap(({ cause, alternatives }) => [
        cause,
        ...alternatives.map((one) => one.cause),
      ]);
      expect(ruledOut.filter(({ cause }) => named.includes(cause))).toEqual([]);
    },
  );
});

describe('a diagnosis that was stopped', () => {
  it('has no findings and says what is settled', () => {
    const evidence = evidenceOf({}, { notSeen: { manifest: { code: 'stopped', why: 'Stopped' } } });
    for (const step of ['token', 'manifest', 'platform', 'daemon'] as const) delete evidence[step];
    expect(diagnose(evidence)).toMatchObject({ findings: [], pullable: 'unknown' });
    expect(diagnose(evidence).verdict).toContain('stopped');
  });
});
