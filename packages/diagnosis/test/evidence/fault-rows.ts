import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { answered, failure, unanswered } from './exchange.ts';
import { imageBody, inSeconds, manifestAsk, runningDaemon, tokenAsk } from './healthy-pull.ts';
import { endingAt, evidenceOf } from './make-evidence.ts';
import {
  certificate,
  dnsFails,
  pingAnswers,
  pingFails,
  proxyAnswers,
  tcpFails,
  tlsFails,
  viaProxy,
} from './network-faults.ts';
import { pullThatGets } from './refused-pull.ts';

const insufficient = {
  code: 'UNAUTHORIZED',
  message: 'authentication required',
  challengeError: 'insufficient_scope',
};
const invalidToken = {
  code: 'UNAUTHORIZED',
  message: 'authentication required',
  challengeError: 'invalid_token',
};
const alice = { user: 'alice' };
const ecr = { host: '111122223333.dkr.ecr.eu-west-1.amazonaws.com', scheme: 'basic' } as const;
const withBody = (body: Partial<ReturnType<typeof imageBody>>, parts: Partial<Evidence> = {}): Evidence => {
  const evidence = evidenceOf();
  const whole = { ...imageBody(), ...body };
  return evidenceOf(
    {},
    {
      manifest: { ...(evidence.manifest as NonNullable<Evidence['manifest']>), body: whole },
      platform: { ...(evidence.platform as NonNullable<Evidence['platform']>), image: whole },
      ...parts,
    },
  );
};
const withLayer = (layer: object, parts: Partial<Evidence> = {}) => {
  const image = imageBody().image as NonNullable<ReturnType<typeof imageBody>['image']>;
  return withBody({ image: { ...image, layers: image.layers.map((one) => ({ ...one, ...layer })) } }, parts);
};
const platform = (parts: Partial<NonNullable<Evidence['platform']>>) => {
  const whole = evidenceOf().platform as NonNullable<Evidence['platform']>;
  return evidenceOf(
    {},
    {
      platform: {
        ...whole,
        fits: 'no',
        available: [{ os: 'linux', architecture: 'arm64', variant: 'v8' }],
        ...parts,
      },
    },
  );
};
const reading = (outcome: string, token: object, options = {}) =>
  pullThatGets(null, {
    ...alice,
    ...options,
    token: { ...tokenAsk(200), token: null, outcome, ...token } as ReturnType<typeof tokenAsk>,
  });

/** One row for each family of outcomes that a pull can have: what was seen, and the cause that is named first. */
export const faultRows: readonly [name: string, evidence: Evidence, cause: Cause, certainty: Certainty][] = [
  [
    'no login, registry with htpasswd',
    pullThatGets(manifestAsk(401, { as: 'anonymous', code: 'UNAUTHORIZED' }), { scheme: 'basic' }),
    'credentials-missing',
    'confirmed',
  ],
  [
    'no login, token registry',
    pullThatGets(manifestAsk(401, { as: 'anonymous', ...insufficient })),
    'credentials-missing',
    'likely',
  ],
  [
    'no login, and the repository is known to exist',
    pullThatGets(manifestAsk(401, { as: 'anonymous', ...insufficient }), { exists: 'yes' }),
    'credentials-missing',
    'confirmed',
  ],
  [
    '401 without a challenge',
    pullThatGets(manifestAsk(401, { as: 'anonymous' }), { scheme: 'none' }),
    'credentials-missing',
    'likely',
  ],
  [
    'GHCR, no login',
    pullThatGets(null, {
      host: 'ghcr.io',
      token: tokenAsk(403, { code: 'DENIED', message: 'requested access to the resource is denied' }),
    }),
    'credentials-missing',
    'likely',
  ],
  [
    'Docker Hub, private, no login',
    pullThatGets(manifestAsk(401, { as: 'anonymous', ...insufficient }), { host: 'docker.io' }),
    'credentials-missing',
    'likely',
  ],
  [
    'Docker Hub, a name of one part',
    pullThatGets(manifestAsk(401, { as: 'anonymous', ...insufficient }), {
      host: 'docker.io',
      repository: 'library/web-frontend',
    }),
    'repository-not-found',
    'very-likely',
  ],
  [
    'Docker Hub, a name of one part, signed in',
    pullThatGets(manifestAsk(401, insufficient), {
      ...alice,
      host: 'docker.io',
      repository: 'library/web-frontend',
    }),
    'repository-not-found',
    'very-likely',
  ],
  [
    'ECR, no login',
    pullThatGets(manifestAsk(401, { as: 'anonymous' }), ecr),
    'credentials-missing',
    'confirmed',
  ],

  [
    'wrong password, htpasswd',
    pullThatGets(manifestAsk(401, { code: 'UNAUTHORIZED', message: 'authentication required' }), {
      ...alice,
      scheme: 'basic',
      loginStatus: 401,
    }),
    'credentials-invalid',
    'confirmed',
  ],
  [
    'wrong password, htpasswd, the manifest not asked for',
    pullThatGets(null, { ...alice, scheme: 'basic', loginStatus: 401 }),
    'credentials-invalid',
    'confirmed',
  ],
  [
    'wrong password, token server',
    pullThatGets(null, {
      ...alice,
      token: tokenAsk(401, { message: 'incorrect username or password' }),
      loginStatus: 401,
    }),
    'credentials-invalid',
    'confirmed',
  ],
  [
    'Harbor: a token of no rights for a wrong password',
    pullThatGets(manifestAsk(401, insufficient), { ...alice, loginStatus: 401 }),
    'credentials-invalid',
    'confirmed',
  ],
  [
    'a token of an unknown key',
    pullThatGets(manifestAsk(401, invalidToken), alice),
    'credentials-invalid',
    'likely',
  ],
  [
    'no token is accepted, not even without a login',
    pullThatGets(manifestAsk(401, invalidToken), {
      ...alice,
      anonymous: manifestAsk(401, { as: 'anonymous', ...invalidToken }),
    }),
    'registry-unavailable',
    'very-likely',
  ],
  [
    'GHCR, a token that is refused',
    pullThatGets(null, {
      ...alice,
      host: 'ghcr.io',
      token: tokenAsk(403, { code: 'DENIED', message: 'denied' }),
      loginStatus: 403,
    }),
    'credentials-invalid',
    'likely',
  ],
  [
    'a stale login in the way of a public image',
    pullThatGets(manifestAsk(403, { code: 'DENIED', message: 'denied' }), {
      ...alice,
      loginStatus: 403,
      anonymous: manifestAsk(200, { as: 'anonymous' }),
    }),
    'credentials-invalid',
    'likely',
  ],
  [
    'ECR, a made-up password',
    pullThatGets(manifestAsk(401), { ...ecr, user: 'AWS', loginStatus: 401 }),
    'credentials-invalid',
    'confirmed',
  ],

  [
    'ECR says that the password has expired',
    pullThatGets(
      manifestAsk(403, {
        code: 'DENIED',
        message: 'Your authorization token has expired. Reauthenticate and try again.',
      }),
      { ...ecr, user: 'AWS', loginStatus: 403 },
    ),
    'credentials-expired',
    'confirmed',
  ],
  [
    'the stored credential names an end that has passed',
    pullThatGets(manifestAsk(401, { code: 'UNAUTHORIZED' }), {
      ...alice,
      loginStatus: 401,
      used: {
        expiry: { state: 'ends', endsAt: inSeconds(-180), issuedAt: null, source: 'exp of the token' },
      },
    }),
    'credentials-expired',
    'very-likely',
  ],
  [
    'Docker Hub says that the access token is expired',
    pullThatGets(null, {
      ...alice,
      host: 'docker.io',
      token: tokenAsk(401, { message: 'personal access token is expired' }),
      loginStatus: 401,
    }),
    'credentials-expired',
    'confirmed',
  ],
  [
    'a bearer token that had ended when it was handed out',
    pullThatGets(manifestAsk(401, invalidToken), {
      ...alice,
      token: tokenAsk(200, {
        token: { issuedAt: inSeconds(-3600), notBefore: inSeconds(-3610), expiresAt: inSeconds(-3540) },
      }),
    }),
    'credentials-expired',
    'very-likely',
  ],
  [
    'a bearer token that is not valid yet',
    pullThatGets(manifestAsk(401, invalidToken), {
      ...alice,
      token: tokenAsk(200, {
        token: { issuedAt: inSeconds(3600), notBefore: inSeconds(3590), expiresAt: inSeconds(3660) },
      }),
    }),
    'clock-skew',
    'very-likely',
  ],

  [
    'signed in, and the scope is refused',
    pullThatGets(manifestAsk(401, insufficient), alice),
    'access-denied',
    'likely',
  ],
  [
    'signed in, refused, and the repository exists',
    pullThatGets(manifestAsk(401, insufficient), { ...alice, exists: 'yes' }),
    'access-denied',
    'confirmed',
  ],
  [
    'signed in, refused, and the repository is known to be absent',
    pullThatGets(manifestAsk(401, insufficient), { ...alice, exists: 'no' }),
    'repository-not-found',
    'confirmed',
  ],
  [
    '403 of a registry that never asked for a login',
    pullThatGets(
      manifestAsk(403, { as: 'anonymous', code: 'DENIED', message: 'insufficient rights for this project' }),
      { scheme: 'none' },
    ),
    'access-denied',
    'very-likely',
  ],
  [
    'token server: access forbidden',
    pullThatGets(null, {
      ...alice,
      token: tokenAsk(403, { code: 'DENIED', message: 'access forbidden' }),
      loginStatus: 403,
      loginCode: 'DENIED',
      loginMessage: 'access forbidden',
    }),
    'access-denied',
    'very-likely',
  ],
  [
    'ECR, a right is missing',
    pullThatGets(
      manifestAsk(403, {
        code: 'DENIED',
        message:
          'User: arn:aws:sts::111122223333:assumed-role/ci/build is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
      }),
      { ...ecr, user: 'AWS' },
    ),
    'access-denied',
    'confirmed',
  ],
  [
    'ACR, a network rule',
    pullThatGets(
      manifestAsk(403, {
        as: 'anonymous',
        code: 'DENIED',
        message: "client with IP '192.0.2.7' is not allowed access",
      }),
      { host: 'acme.azurecr.io' },
    ),
    'access-denied',
    'confirmed',
  ],
  [
    'Harbor, a policy of the project',
    pullThatGets(
      manifestAsk(412, {
        code: 'PROJECTPOLICYVIOLATION',
        message: 'current image cannot be pulled due to configured policy',
      }),
      alice,
    ),
    'access-denied',
    'confirmed',
  ],

  [
    'NAME_UNKNOWN',
    pullThatGets(manifestAsk(404, { code: 'NAME_UNKNOWN' }), alice),
    'repository-not-found',
    'confirmed',
  ],
  [
    'MANIFEST_UNKNOWN, and the list of tags says that there is no repository',
    pullThatGets(manifestAsk(404, { code: 'MANIFEST_UNKNOWN' }), { ...alice, exists: 'no' }),
    'repository-not-found',
    'confirmed',
  ],
  [
    'MANIFEST_UNKNOWN in a repository that exists',
    pullThatGets(manifestAsk(404, { code: 'MANIFEST_UNKNOWN' }), { ...alice, exists: 'yes' }),
    'tag-not-found',
    'confirmed',
  ],
  [
    'MANIFEST_UNKNOWN, and nothing else is known',
    pullThatGets(manifestAsk(404, { code: 'MANIFEST_UNKNOWN' })),
    'tag-not-found',
    'likely',
  ],
  [
    'a digest that is missing',
    pullThatGets(manifestAsk(404, { code: 'MANIFEST_UNKNOWN' }), {
      digest: `sha256:${'1'.repeat(64)}`,
      exists: 'yes',
    }),
    'tag-not-found',
    'confirmed',
  ],
  ['the index has no such platform', platform({ kind: 'index' }), 'platform-mismatch', 'confirmed'],
  [
    'a platform asked for by name, and a single manifest of another',
    platform({ kind: 'image', wantedFrom: 'asked' }),
    'platform-mismatch',
    'very-likely',
  ],

  ['the name does not exist', dnsFails('name-not-found'), 'dns-failure', 'confirmed'],
  ['the name server fails', dnsFails('name-server-failure'), 'dns-failure', 'confirmed'],
  ['the name server is silent', dnsFails('name-server-silent'), 'dns-failure', 'confirmed'],
  ['connection refused', tcpFails('refused'), 'connection-failure', 'confirmed'],
  ['packets dropped', tcpFails('connect-timed-out'), 'connection-failure', 'confirmed'],
  ['no route', tcpFails('unreachable'), 'connection-failure', 'confirmed'],
  [
    'the handshake is never answered',
    tlsFails({ chain: [], failure: failure('tls', 'answer-timed-out') }),
    'connection-failure',
    'confirmed',
  ],
  ['the ping is never answered', pingFails('http', 'answer-timed-out'), 'connection-failure', 'confirmed'],
  [
    'the manifest request is reset',
    pullThatGets({
      ...manifestAsk(200, { as: 'anonymous' }),
      head: unanswered('http', 'reset'),
      outcome: 'failed',
      status: null,
    }),
    'connection-failure',
    'confirmed',
  ],
  [
    'the token server refuses connections',
    reading('failed', { exchange: unanswered('tcp', 'refused', { url: 'https://auth.corp.example/token' }) }),
    'connection-failure',
    'confirmed',
  ],
  [
    'the name of the token server does not exist',
    reading('failed', {
      exchange: unanswered('dns', 'name-not-found', { url: 'https://auth.corp.example/token' }),
    }),
    'dns-failure',
    'confirmed',
  ],

  ['self-signed', certificate(['self-signed']), 'tls-untrusted', 'confirmed'],
  ['a private authority', certificate(['untrusted']), 'tls-untrusted', 'confirmed'],
  ['expired', certificate(['expired'], { notAfter: '2025-02-01T00:00:00.000Z' }), 'tls-invalid', 'confirmed'],
  [
    'expired and signed by itself',
    certificate(['expired', 'self-signed'], { notAfter: '2025-02-01T00:00:00.000Z' }),
    'tls-invalid',
    'confirmed',
  ],
  [
    'not valid yet',
    certificate(['not-yet-valid'], {
      notBefore: '2035-01-01T00:00:00.000Z',
      notAfter: '2036-01-01T00:00:00.000Z',
    }),
    'tls-invalid',
    'confirmed',
  ],
  [
    'not valid yet, by a clock that is off',
    certificate(
      ['not-yet-valid'],
      { notBefore: inSeconds(600) },
      {
        daemon: {
          ...runningDaemon(),
          info: { ...runningDaemon().info, clockOffsetSeconds: 3600 } as NonNullable<
            Evidence['daemon']
          >['info'],
        },
      },
    ),
    'clock-skew',
    'very-likely',
  ],
  ['for another name', certificate(['wrong-name']), 'tls-invalid', 'confirmed'],
  ['without a name that counts', certificate(['no-names'], { names: [] }), 'tls-invalid', 'confirmed'],
  [
    'TLS 1.1 only',
    tlsFails({ chain: [], failure: failure('tls', 'tls-protocol') }),
    'tls-invalid',
    'confirmed',
  ],
  [
    'a client certificate is required',
    tlsFails({ clientCertificate: 'required', failure: failure('tls', 'certificate-required') }),
    'tls-invalid',
    'confirmed',
  ],
  [
    'the port speaks SSH',
    tlsFails({
      chain: [],
      failure: failure('tls', 'not-tls'),
      plain: { speaks: 'ssh', greeting: 'SSH-2.0-OpenSSH_9.2p1', ping: null, isRegistry: false },
    }),
    'not-a-registry',
    'confirmed',
  ],
  [
    'a registry that speaks HTTP',
    tlsFails({
      chain: [],
      failure: failure('tls', 'not-tls'),
      plain: { speaks: 'http', greeting: 'HTTP/1.0 400', ping: answered(200), isRegistry: true },
    }),
    'plain-http-registry',
    'confirmed',
  ],
  [
    'port 443 refuses, and port 80 is a registry',
    tcpFails('refused', {
      plainHttp: answered(200, { headers: { 'docker-distribution-api-version': 'registry/2.0' } }),
    }),
    'plain-http-registry',
    'confirmed',
  ],
  [
    'port 443 refuses, and port 80 is a web server',
    tcpFails('refused', { plainHttp: answered(200, { html: '<html>' }) }),
    'connection-failure',
    'confirmed',
  ],

  [
    'a web server, 404 for everything',
    pingAnswers(404, 'no', { html: '<html>' }),
    'not-a-registry',
    'confirmed',
  ],
  ['a captive portal', pingAnswers(200, 'no', { html: '<html>' }), 'not-a-registry', 'confirmed'],
  [
    'a redirect to a login page',
    pingAnswers(200, 'no', {
      html: '<html>',
      redirects: [{ status: 302, to: 'https://registry.corp.example/login', followed: true, why: null }],
    }),
    'not-a-registry',
    'confirmed',
  ],
  ['too many redirects', pingFails('http', 'too-many-redirects'), 'not-a-registry', 'confirmed'],
  ['headers without end', pingFails('http', 'headers-too-large'), 'not-a-registry', 'confirmed'],
  [
    'the manifest is a web page',
    pullThatGets({
      ...manifestAsk(200, { as: 'anonymous' }),
      outcome: 'unusable',
      head: answered(200, { html: '<html>' }),
    }),
    'not-a-registry',
    'confirmed',
  ],
  [
    'the token is a web page',
    reading('unusable', {
      exchange: answered(200, { html: '<html>', url: 'https://auth.corp.example/token' }),
    }),
    'not-a-registry',
    'confirmed',
  ],
  [
    'the token answer is no JSON',
    reading('unusable', {
      exchange: answered(200, { text: 'ok', url: 'https://auth.corp.example/token' }),
      why: 'The body is not JSON.',
    }),
    'registry-unavailable',
    'confirmed',
  ],

  [
    '429 at the manifest',
    pullThatGets(manifestAsk(429, { as: 'anonymous', code: 'TOOMANYREQUESTS' })),
    'rate-limited',
    'confirmed',
  ],
  [
    '429 at the token',
    pullThatGets(null, { ...alice, token: tokenAsk(429, { code: 'TOOMANYREQUESTS' }) }),
    'rate-limited',
    'confirmed',
  ],
  [
    '429 at the ping',
    pingAnswers(429, 'unknown', { text: 'Too Many Requests' }),
    'rate-limited',
    'confirmed',
  ],
  [
    '503 at the manifest',
    pullThatGets(manifestAsk(503, { as: 'anonymous' })),
    'registry-unavailable',
    'confirmed',
  ],
  [
    '503 at the token',
    pullThatGets(null, { ...alice, token: { ...tokenAsk(503), outcome: 'failed' } }),
    'registry-unavailable',
    'confirmed',
  ],
  [
    '502 page at the ping',
    pingAnswers(502, 'unknown', { html: '<html>' }),
    'registry-unavailable',
    'confirmed',
  ],
  ['another digest than announced', withBody({ digestMatches: false }), 'registry-unavailable', 'confirmed'],
  ['a blob that is missing', withLayer({ there: 'no' }), 'registry-unavailable', 'confirmed'],
  [
    'GitLab with its registry off',
    pullThatGets(manifestAsk(404, { code: 'UNAVAILABLE', message: 'registry not enabled' }), alice),
    'registry-unavailable',
    'confirmed',
  ],

  ['a layer that is not gzip', withLayer({ form: 'other' }), 'unsupported-image', 'confirmed'],
  [
    'a layer in zstd, Docker 20.10',
    withLayer(
      { form: 'zstd', mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd' },
      { daemon: runningDaemon({ version: '20.10.24+dfsg1' }) },
    ),
    'unsupported-image',
    'very-likely',
  ],
  ['a Helm chart', withBody({ kind: 'artifact' }), 'unsupported-image', 'confirmed'],
  ['schema 1', withBody({ kind: 'schema-1', image: null }), 'unsupported-image', 'confirmed'],

  ['the proxy asks for a login', proxyAnswers(407), 'proxy-failure', 'confirmed'],
  ['the proxy blocks the host', proxyAnswers(403), 'proxy-failure', 'confirmed'],
  ['the proxy answers 502', proxyAnswers(502), 'proxy-failure', 'likely'],
  [
    'the proxy closes the connection',
    viaProxy({ failure: failure('proxy', 'closed') }),
    'proxy-failure',
    'confirmed',
  ],
  [
    'the proxy is silent',
    viaProxy({ failure: failure('proxy', 'answer-timed-out') }),
    'proxy-failure',
    'likely',
  ],
  [
    'the proxy is down',
    viaProxy({ failure: failure('proxy', 'proxy-unreachable') }),
    'proxy-failure',
    'confirmed',
  ],
  ['the proxy is down, seen at TCP', tcpFails('refused', { target: 'proxy' }), 'proxy-failure', 'confirmed'],
  [
    'https:// written for a plain proxy',
    viaProxy({
      scheme: 'https',
      address: 'https://proxy.corp.example:3128',
      failure: failure('proxy', 'proxy-protocol'),
    }),
    'proxy-failure',
    'very-likely',
  ],
  [
    'only the proxy leads out',
    dnsFails(
      'name-not-found',
      {},
      {
        proxy: {
          ...(evidenceOf().proxy as NonNullable<Evidence['proxy']>),
          otherVantage: { what: 'Pull Doctor itself reaches it through http://proxy:3128.', reached: true },
        },
      },
    ),
    'proxy-failure',
    'very-likely',
  ],

  [
    'the disk is too small',
    evidenceOf(
      {},
      {
        daemon: {
          ...runningDaemon(),
          disk: { path: '/var/lib/docker', freeBytes: 1_000_000, totalBytes: 8_000_000 },
        },
      },
    ),
    'local-storage',
    'very-likely',
  ],
  [
    'upper case in the name',
    endingAt(
      'reference',
      evidenceOf(
        {},
        {
          reference: {
            text: 'Team/App',
            reference: null,
            fault: {
              code: 'uppercase-repository',
              what: 'Repository names are lower case.',
              at: 0,
              length: 8,
              fix: 'team/app',
            },
            familiar: null,
            canonical: null,
            endpoint: null,
          },
        },
      ),
    ),
    'invalid-reference',
    'confirmed',
  ],
];
