import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { type StepName, type StepState, stepNames } from '@pull-doctor/contract/steps';
import { describe, expect, it } from 'vitest';
import { failure } from '../../test/evidence/exchange.ts';
import { faultRows } from '../../test/evidence/fault-rows.ts';
import { inSeconds, manifestAsk, noLogin, storedLogin, tokenAsk } from '../../test/evidence/healthy-pull.ts';
import { endingAt, evidenceOf } from '../../test/evidence/make-evidence.ts';
import {
  certificate,
  dnsFails,
  pingAnswers,
  proxyAnswers,
  pulled,
  pullSays,
  tcpFails,
  tlsFails,
  viaProxy,
} from '../../test/evidence/network-faults.ts';
import { pullThatGets } from '../../test/evidence/refused-pull.ts';
import { describeStep } from './describe-step.ts';

const healthy = evidenceOf({ user: 'deploy' });

describe('a step of a pull that works', () => {
  it.each<[StepName, StepState, string]>([
    ['reference', 'done', 'Docker reads it as registry.corp.example/team/app:1.0'],
    ['credentials', 'done', 'The login of deploy from config.json is sent'],
    ['dns', 'done', '10.0.0.5, in 3 ms'],
    ['tcp', 'done', '10.0.0.5:443 answered in 3 ms'],
    ['proxy', 'skipped', 'no proxy is set for this host'],
    ['tls', 'done', 'TLSv1.3, valid until 2 Mar 2027'],
    ['ping', 'done', '/v2/ answers 401: a registry that wants a login'],
    ['challenge', 'done', 'Bearer, tokens from registry.corp.example'],
    ['token', 'done', 'A token was given for the login'],
    ['manifest', 'done', '1.0 is sha256:3f2a3f2a3f2a…'],
    ['platform', 'done', 'linux/amd64 is there'],
    ['daemon', 'done', 'Docker 28.5.2 on linux/amd64'],
  ])('%s is %s and says what it saw', (step, state, summary) => {
    expect(describeStep(step, healthy)).toEqual({ state, summary });
  });

  it('is waiting until something is known of it', () => {
    expect(describeStep('pull', healthy)).toEqual({ state: 'waiting', summary: '' });
  });
});

describe('a step that failed', () => {
  const credentials: CredentialsEvidence = {
    ...noLogin('registry.corp.example'),
    file: {
      ...noLogin('registry.corp.example').file,
      state: 'malformed',
      faults: [{ code: 'comment', what: 'A comment.', key: null, line: 2, column: 1 }],
    },
  };
  const used = { expiry: { state: 'ends' as const, endsAt: inSeconds(-60), issuedAt: null, source: 'exp' } };
  const platform = evidenceOf().platform as NonNullable<Evidence['platform']>;
  const daemon = evidenceOf().daemon as NonNullable<Evidence['daemon']>;

  it.each<[string, StepName, Evidence, StepState]>([
    ['a name that is not found', 'dns', dnsFails('name-not-found'), 'failed'],
    ['a port that is closed', 'tcp', tcpFails('refused'), 'failed'],
    ['a proxy that refuses', 'proxy', proxyAnswers(407), 'failed'],
    ['a proxy that works', 'proxy', viaProxy({}), 'done'],
    ['a certificate that has ended', 'tls', certificate(['expired']), 'failed'],
    [
      'a handshake without an answer',
      'tls',
      tlsFails({ chain: [], failure: failure('tls', 'answer-timed-out') }),
      'failed',
    ],
    ['a web server', 'ping', pingAnswers(404, 'no', { html: '<html>' }), 'failed'],
    ['a registry that fails', 'ping', pingAnswers(503, 'unknown'), 'failed'],
    [
      'a login that is refused',
      'token',
      pullThatGets(null, { user: 'a', token: tokenAsk(401), loginStatus: 401 }),
      'failed',
    ],
    [
      'a login that is refused on Basic',
      'token',
      pullThatGets(null, { user: 'a', scheme: 'basic', loginStatus: 401 }),
      'failed',
    ],
    [
      'a token that has ended',
      'token',
      pullThatGets(manifestAsk(401), {
        user: 'a',
        token: tokenAsk(200, { token: { expiresAt: inSeconds(-5) } }),
      }),
      'warning',
    ],
    ['a manifest that is refused', 'manifest', pullThatGets(manifestAsk(403), { user: 'a' }), 'failed'],
    ['a manifest that is missing', 'manifest', pullThatGets(manifestAsk(404), { user: 'a' }), 'failed'],
    ['a broken config.json', 'credentials', evidenceOf({}, { credentials }), 'warning'],
    [
      'a credential that has ended',
      'credentials',
      evidenceOf({ user: 'a' }, { credentials: storedLogin('registry.corp.example', 'a', used) }),
      'warning',
    ],
    [
      'an index without the platform',
      'platform',
      evidenceOf({}, { platform: { ...platform, fits: 'no', kind: 'index' } }),
      'failed',
    ],
    [
      'a single image of another platform',
      'platform',
      evidenceOf({}, { platform: { ...platform, fits: 'no' } }),
      'warning',
    ],
    [
      'a daemon that does not answer',
      'daemon',
      evidenceOf({}, { daemon: { ...daemon, reached: false, info: null } }),
      'failed',
    ],
    ['a pull that failed', 'pull', evidenceOf({}, { pull: pullSays('no space left on device') }), 'failed'],
    ['a pull that worked', 'pull', evidenceOf({}, { pull: pulled() }), 'done'],
  ])('%s: %s', (_, step, evidence, state) => {
    const described = describeStep(step, evidence);
    expect(described.state).toBe(state);
    expect(described.summary).not.toBe('');
  });

  it('names whom it was refused to, and that anybody may read it', () => {
    const ask = manifestAsk(403, { code: 'DENIED' });
    const evidence = pullThatGets(ask, { user: 'a', anonymous: manifestAsk(200, { as: 'anonymous' }) });
    expect(describeStep('manifest', evidence).summary).toContain('without a login it can be read');
  });
});

describe('a step that was not seen', () => {
  it('is skipped and says why', () => {
    const evidence = endingAt('token', healthy);
    expect(describeStep('manifest', evidence)).toEqual({
      state: 'skipped',
      summary: 'needs the step token',
    });
  });

  it('is failed where it crashed', () => {
    const evidence = evidenceOf({}, { notSeen: { pull: { code: 'crashed', why: 'Of null' } } });
    expect(describeStep('pull', evidence).state).toBe('failed');
  });
});

describe('every summary', () => {
  it.each(faultRows)('is one line without gaps: %s', (_, evidence) => {
    for (const step of stepNames) {
      const { summary } = describeStep(step, evidence);
      expect(summary).not.toMatch(/\n| {2}|undefined|null|\[object/);
    }
  });
});
