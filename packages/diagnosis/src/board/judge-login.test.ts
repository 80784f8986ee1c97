import { describe, expect, it } from 'vitest';
import {
  asked,
  at,
  checkThat,
  credentialThat,
  endingIn,
  host,
  loginAnswered,
  nobody,
} from '../../test/board/checks.ts';
import { answered, failure, unanswered } from '../../test/evidence/exchange.ts';
import { trusted } from '../../test/evidence/healthy-pull.ts';
import { judgeLogin } from './judge-login.ts';

const without = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));
const { ping, tcp, dns } = checkThat();
if (!ping || !tcp || !dns) throw new Error('a check has all its layers');
const down = { ...ping, exchange: answered(503) };
const page = {
  ...ping,
  exchange: answered(200, { html: '<html>' }),
  isRegistry: 'no' as const,
  why: 'It answers with a web page.',
};
const nameFails = checkThat({
  dns: { ...dns, addresses: [], failure: failure('dns', 'name-not-found') },
  ...without('tcp', 'proxy', 'tls', 'ping', 'challenge', 'token'),
});

describe('a registry stands as the first of these says', () => {
  it('unreachable, whatever is known of the credential, which stays visible', () => {
    const used = endingIn(-180);
    const judged = judgeLogin(asked({ ...nameFails, credentials: credentialThat(used) }));
    expect(judged).toMatchObject({ status: 'unreachable', cause: 'dns-failure', login: 'unknown' });
    expect(judged.end.endsAt).toBe(at(-180));
    expect(judged.credential?.user).toBe('deploy');
  });

  it.each([
    ['DNS', nameFails, 'dns-failure'],
    [
      'TCP',
      checkThat({
        tcp: { ...tcp, failure: failure('tcp', 'refused'), connectedTo: null },
        ...without('proxy', 'tls', 'ping', 'challenge', 'token'),
      }),
      'connection-failure',
    ],
    [
      'TLS',
      checkThat({
        tls: {
          ...trusted(host),
          use: 'failed',
          faults: ['self-signed'],
          failure: failure('tls', 'untrusted'),
        },
        ...without('ping', 'challenge', 'token'),
      }),
      'tls-untrusted',
    ],
    ['a status of 503', checkThat({ ping: down, ...without('challenge', 'token') }), 'registry-unavailable'],
    ['something else', checkThat({ ping: page, ...without('challenge', 'token') }), 'not-a-registry'],
    [
      'a token server that fails',
      checkThat({ login: { ...loginAnswered(503), outcome: 'unknown' } }),
      'registry-unavailable',
    ],
    [
      'a token server that nobody finds',
      checkThat({
        login: {
          outcome: 'unknown',
          exchange: unanswered('dns', 'name-not-found', { url: 'https://auth.corp.example/token' }),
        },
      }),
      'dns-failure',
    ],
  ] as const)('unreachable by %s', (_, evidence, cause) => {
    const judged = judgeLogin(asked(evidence));
    expect(judged).toMatchObject({ status: 'unreachable', cause });
    expect(judged.why).toMatch(/^\S.{10,}\.$/);
  });

  it('unreachable where the time of the check ran out before anything was known', () => {
    const evidence = checkThat({
      cutOff: 'The time of the check was over.',
      ...without('tls', 'ping', 'challenge', 'token'),
    });
    expect(judgeLogin(asked(evidence))).toMatchObject({
      status: 'unreachable',
      why: 'The time of the check was over.',
    });
  });

  it('expired by its own end, before what the registry said earlier', () => {
    const evidence = checkThat({ credentials: credentialThat(endingIn(-180)), login: loginAnswered(401) });
    expect(judgeLogin(asked(evidence))).toMatchObject({
      status: 'expired',
      cause: 'credentials-expired',
      why: 'The ECR password ended on 24 Nov 2026, 14:29 UTC.',
    });
  });

  it('expired by the registry’s word, where the credential does not tell', () => {
    const said = 'Your authorization token has expired. Reauthenticate and try again.';
    const judged = judgeLogin(asked(checkThat({ login: loginAnswered(403, said) })));
    expect(judged).toMatchObject({ status: 'expired', cause: 'credentials-expired', login: 'refused' });
    expect(judged.why).toContain(said.slice(0, 30));
  });

  it.each([401, 403])('invalid where the registry answers the login with %i', (status) => {
    const judged = judgeLogin(
      asked(checkThat({ login: loginAnswered(status, 'incorrect username or password') })),
    );
    expect(judged).toMatchObject({
      status: 'invalid',
      cause: 'credentials-invalid',
      login: 'refused',
      why: 'It refuses the login of deploy from config.json: wrong, revoked or disabled. The registry says "incorrect username or password".',
    });
  });

  it('invalid before expiring', () => {
    const evidence = checkThat({ credentials: credentialThat(endingIn(300)), login: loginAnswered(401) });
    expect(judgeLogin(asked(evidence)).status).toBe('invalid');
  });

  it('missing where nothing is stored', () => {
    const evidence = checkThat({ credentials: nobody(), login: null });
    expect(judgeLogin(asked(evidence))).toMatchObject({
      status: 'missing',
      login: 'not-sent',
      credential: null,
      end: { state: 'nothing' },
    });
  });

  it('expiring, then ok', () => {
    const ending = (seconds: number) =>
      judgeLogin(asked(checkThat({ credentials: credentialThat(endingIn(seconds, 3_600)) })));
    expect(ending(899).status).toBe('expiring');
    expect(ending(899).why).toBe('The ECR password ends on 24 Nov 2026, 14:47 UTC, and nothing renews it.');
    expect(ending(901).status).toBe('ok');
    expect(ending(901).why).toBe('It accepts the login of deploy from config.json.');
  });
});

describe('what was not measured is unknown, with the reason', () => {
  const unknownBecause = (question: Parameters<typeof judgeLogin>[0], why: RegExp) => {
    const judged = judgeLogin(question);
    expect(judged).toMatchObject({ status: 'unknown' });
    expect(judged.why).toMatch(why);
    return judged;
  };

  it('before the first check, and where checks are off', () => {
    const credentials = credentialThat({});
    unknownBecause(asked(null, { credentials }), /not checked yet/);
    unknownBecause(
      asked(null, { credentials, checks: { everySeconds: null, lastAt: null } }),
      /Checks are off/,
    );
  });

  it('except where the end alone decides', () => {
    const credentials = credentialThat(endingIn(-1));
    expect(judgeLogin(asked(null, { credentials })).status).toBe('expired');
    const old = asked(checkThat({ credentials, now: at(-5_000) }));
    expect(judgeLogin(old).status).toBe('expired');
  });

  it.each([
    [300, 900],
    [60, 180],
    // By hand, where checks are off.
    [null, 900],
  ])('with an interval of %s s once the last check is older than %i s', (everySeconds, seconds) => {
    const ago = (age: number) => {
      const evidence = checkThat({ now: at(-age) });
      return judgeLogin(asked(evidence, { checks: { everySeconds, lastAt: evidence.now } })).status;
    };
    expect(ago(seconds)).toBe('ok');
    expect(ago(seconds + 1)).toBe('unknown');
  });

  it('where the credential is another than the one that was checked', () => {
    const judged = unknownBecause(
      asked(checkThat(), { credentials: credentialThat({ secretLength: 21 }) }),
      /changed since the last check/,
    );
    expect(judged).toMatchObject({ login: 'unknown', countedAs: null, rateLimit: null });
    unknownBecause(asked(checkThat(), { credentials: nobody() }), /changed/);
  });

  it('but not where it is one that renews itself, and was renewed', () => {
    const renewed = (secretLength: number, seconds: number) =>
      credentialThat({
        helper: 'ecr-login',
        secretLength,
        expiry: { state: 'renews-itself', endsAt: at(seconds), issuedAt: null, source: 'A helper.' },
      });
    const evidence = checkThat({ credentials: renewed(20, 3_600) });
    expect(judgeLogin(asked(evidence, { credentials: renewed(24, 40_000) })).status).toBe('ok');
  });

  it('where the registry asks nobody: a login that was not tried is not accepted', () => {
    const { token } = checkThat({ login: null });
    const evidence = checkThat({ token: { ...(token as NonNullable<typeof token>), scheme: 'none' } });
    unknownBecause(asked(evidence), /asks nobody to sign in/);
  });

  it.each([
    ['too many requests', checkThat({ login: loginAnswered(429) }), /429/],
    [
      'too many requests at once',
      checkThat({ ping: { ...ping, exchange: answered(429) }, ...without('challenge', 'token') }),
      /429/,
    ],
    ['an answer that tells nothing', checkThat({ login: loginAnswered(418) }), /418/],
    [
      'a stored registry token',
      checkThat({ credentials: credentialThat({ kind: 'registry-token' }), login: null }),
      /registry token/,
    ],
  ])('after %s', (_, evidence, why) => {
    unknownBecause(asked(evidence), why);
  });

  it('where a helper keeps what Docker does not get', () => {
    const helper = {
      name: 'desktop',
      program: 'docker-credential-desktop',
      foundAt: null,
      searched: [],
      outcome: 'missing' as const,
      exitStatus: null,
      message: null,
      ms: 0,
    };
    const credentials = { ...nobody(), helper };
    const judged = unknownBecause(
      asked(checkThat({ credentials, login: null })),
      /docker-credential-desktop is not installed/,
    );
    expect(judged.cause).toBe('helper-missing');
    // It may keep one that ends.
    expect(judged.end).toMatchObject({ state: 'unknown', endsAt: null });
  });

  it('where the helper is on another machine', () => {
    const source = {
      place: 'credsStore' as const,
      key: null,
      state: 'broken' as const,
      why: 'The helper is on the host.',
      helper: 'pass',
      code: 'elsewhere' as const,
    };
    unknownBecause(
      asked(checkThat({ credentials: { ...nobody(), sources: [source] }, login: null })),
      /on the host/,
    );
  });
});

describe('no credential', () => {
  const missing = (credentials: ReturnType<typeof nobody>, registry = host) =>
    judgeLogin(asked(checkThat({ registry, credentials, login: null })));

  it('says that a broken file keeps Docker from it', () => {
    const { file } = nobody();
    const fault = { code: 'cut-short' as const, what: 'JSON ends too early.', key: null, line: 5, column: 1 };
    const judged = missing({ ...nobody(), file: { ...file, state: 'malformed', faults: [fault] } });
    expect(judged).toMatchObject({ status: 'missing', cause: 'config-malformed' });
    expect(judged.why).toContain('line 5');
  });

  it('says which entry is dead', () => {
    const deadEntries = [{ key: 'docker.io', why: 'Docker looks for https://index.docker.io/v1/.' }];
    expect(missing({ ...nobody('docker.io'), deadEntries }, 'docker.io').why).toBe(
      'Docker does not use the entry docker.io for it. Docker looks for https://index.docker.io/v1/.',
    );
  });

  it('says what can be pulled without one', () => {
    expect(missing(nobody()).why).toMatch(/public images/);
    const ecr = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
    expect(missing(nobody(ecr), ecr).why).toMatch(/lets nobody pull/);
  });
});

describe('the clock of the registry decides where it differs', () => {
  const ahead = { ...ping, clockOffsetSeconds: 420 };
  it('about what has expired', () => {
    const evidence = { credentials: credentialThat(endingIn(300)), now: at(-200) };
    expect(judgeLogin(asked(checkThat({ ...evidence, ping: ahead }))).status).toBe('expired');
    expect(judgeLogin(asked(checkThat({ ...evidence, ping }))).status).toBe('expiring');
  });
});

describe('beside the status', () => {
  it('the certificate that ends first is told', () => {
    const tls = trusted(host);
    const [leaf] = tls.chain;
    const chain = [leaf, { ...leaf, notAfter: '2026-12-01T00:00:00.000Z' }] as typeof tls.chain;
    expect(judgeLogin(asked(checkThat({ tls: { ...tls, chain } }))).certificateEndsAt).toBe(
      '2026-12-01T00:00:00.000Z',
    );
  });

  it('the credential is told where it is kept, without its secret', () => {
    const { credential } = judgeLogin(asked(checkThat()));
    expect(credential).toMatchObject({ keptIn: 'config.json', path: '/home/deploy/.docker/config.json' });
    const helped = { place: 'credHelpers', helper: 'ecr-login' } as const;
    expect(judgeLogin(asked(checkThat({ credentials: credentialThat(helped) }))).credential).toMatchObject({
      keptIn: 'ecr-login',
      path: null,
    });
  });
});
