import { describe, expect, it } from 'vitest';
import { redacted, redactText } from './redact.ts';
import { secretShapes } from './secret-shapes.ts';

/** Each with its secret between ‹ and ›; everything else stays. */
const hidden = [
  // Headers
  'Authorization: Bearer ‹abcdef0123456789›',
  'authorization: basic ‹dXNlcjpwYXNz›',
  'Authorization: token ‹0a1b2c3d4e›',
  '> Authorization: Basic ‹abcdefgh›',
  'req.headers="map[Authorization:[Basic ‹dXNlcjpwYXNzd29yZA==›] Accept:[*/*]]"',
  '\\"Authorization\\": \\"Bearer ‹abcdefgh.ijkl›\\"',
  'Proxy-Authorization: Basic ‹ZGVzazpwdw==›',
  'sent Basic ‹YWxpY2U6d29uZGVybGFuZA==› and got 401',
  'X-Registry-Auth: ‹eyJ1c2VybmFtZSI6Im1lIn0=›',
  'X-Registry-Auth:[‹7b22757365726e616d65223a226d65227d›]',
  'Set-Cookie: session=‹s3cr3t-value›; Path=/',
  // Tokens with a prefix
  'token dckr_pat_‹AbCdEf012345678›',
  'dckr_oat_‹AbCdEf012345678-_›',
  'ghp_‹0123456789abcdefghij›',
  'gho_‹0123456789abcdefghij›',
  'ghs_‹0123456789abcdefghij›',
  'github_pat_‹11ABCDEFG0123456789_abc›',
  'glpat-‹0123456789abcdef›',
  'glpat-‹AbC_0123456789.01.0a1b2c3d4›',
  'gldt-‹0123456789abcdef›',
  'glcbt-‹64_0123456789abcdef›',
  'ya29.‹a0AfH6SMBx-0123456789›',
  'key AKIA‹IOSFODNN7EXAMPLE›',
  'ASIA‹Y34FZKBOKMUTVV7A›',
  'xoxb-‹123456789012-abcdefABCDEF›',
  'npm_‹abcdefghijklmnopqrstuvwxyz0123456789›',
  'hf_‹abcdefghijklmnopqrstuvwxyz›',
  'dop_v1_‹0123456789abcdef›',
  '‹eyJhbGciOi.eyJzdWIi.c2ln›',
  '‹eyJwYXlsb2FkIjoiQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=›',
  'pw ‹AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh+ACRAbCdEf›',
  'secret ‹abc8Q~0123456789abcdefghijklmnopqrstuvw›',
  // Fields
  '{"auth": "‹dXNlcjpwYXNz›"}',
  '{"auths":{"ghcr.io":{"auth":"‹dXNlcjpwYXNz›"}}}',
  'msg="config {\\"auths\\":{\\"ghcr.io\\":{\\"auth\\": \\"‹dXNlcjpwYXNz›\\"}}}"',
  'msg="{\\\\\\"auth\\\\\\":\\\\\\"‹dXNlcjpwYXNz›\\\\\\"}"',
  '{"identitytoken": "‹0.AAAA-bbbb›"}',
  '{"Username":"me","Secret":"‹it\'s; a \\"secret\\"›"}',
  '{"token":"‹opaque-0123›","expires_in":300}',
  "{'password': '‹hunter2›'}",
  'AuthConfig{Username:me,Password:‹hunter2›,Auth:,ServerAddress:ghcr.io,}',
  '{Username:me Password:‹hunter2› ServerAddress:ghcr.io}',
  'registry:\n  password: ‹hunter2›\n  host: x',
  'aws_secret_access_key = ‹wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY›',
  'AWS Secret Access Key [None]: ‹wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY›',
  '-----BEGIN RSA PRIVATE KEY-----‹\nMIIEowIBAAKCAQEA\n›-----END RSA PRIVATE KEY-----',
  // Variables
  'export AWS_SECRET_ACCESS_KEY=‹wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY›',
  'AWS_SESSION_TOKEN=‹FwoGZXIvYXdzEBYaD› docker pull x',
  'REGISTRY_PASSWORD=‹hunter2› ./deploy.sh',
  'docker run -e DB_PASS=‹hunter2› app',
  'PASSWORD=‹"with blanks in it"›',
  '["CI_REGISTRY_PASSWORD=‹hunter2›"]',
  'password=‹hunter2›',
  'db_password=‹hunter2›',
  // Addresses
  'https://user:‹hunter2›@registry.example.com/v2/',
  'https://user:‹p@ss›@registry.example.com/v2/',
  'HTTPS_PROXY=http://desk:‹hunter2›@proxy:3128',
  'GET /v2/?X-Amz-Signature=‹abc123›&x=1',
  'https://s3.example.com/b?a=1\\u0026X-Amz-Security-Token=‹IQoJb3JpZ2lu›\\u0026b=2',
  // Options
  'docker login -u me -p ‹hunter2› ghcr.io',
  'docker login -u me -p‹hunter2› ghcr.io',
  "docker login -u me -p ‹'a; b | c'› ghcr.io",
  'docker login \\\n  -u me \\\n  -p ‹hunter2› \\\n  ghcr.io',
  'docker login --password=‹hunter2›',
  'docker login --password ‹hunter2› ghcr.io',
  'kubectl create secret docker-registry r --docker-password=‹hunter2›',
  'crictl pull --creds me:‹hunter2› reg.io/a',
  'podman pull --creds=me:‹hun:ter2› reg.io/a',
  'skopeo copy --src-creds me:‹hunter2› docker://a docker://b',
  'skopeo copy --dest-creds=me:‹hunter2› docker://a docker://b',
  'ctr -n k8s.io images pull --user me:‹hunter2› reg.io/a:1',
  'ctr images pull -u me:‹hunter2› reg.io/a:1',
  'curl -u me:‹hunter2› https://reg.io/v2/',
  'curl -s -ume:‹hunter2› https://reg.io/v2/',
  'docker run --rm tools curl -u me:‹hunter2› https://reg.io/v2/',
  'crictl pull --auth ‹bWU6aHVudGVyMg==› reg.io/a',
  'skopeo inspect --registry-token ‹abc.def› docker://a',
  'echo ‹hunter2› | docker login -u me --password-stdin ghcr.io',
] as const;

/** Nothing in these is a secret. */
const leftAlone = [
  'docker run -p 8080:80 nginx',
  'docker login ghcr.io && docker run -p 8080:80 nginx',
  'docker run --user 1000:1000 nginx',
  'docker run -u node:node app:1',
  'docker compose run \\\n  --user node:node web',
  'docker login --password-stdin ghcr.io',
  'echo "$TOKEN" | docker login -u me --password-stdin ghcr.io',
  'docker login -u "$USER" -p "$PASSWORD" ghcr.io',
  'docker login -p $(aws ecr get-login-password) x',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a workflow
  'password: ${{ secrets.GITHUB_TOKEN }}',
  'REGISTRY_PASSWORD=*** ./deploy.sh',
  'http://xxxxx:xxxxx@proxy:3128',
  'docker login -p <token> ghcr.io',
  'unauthorized: authentication required',
  'Basic Authentication Required.',
  'no basic auth credentials',
  'no basic authentication credentials',
  'basic information, bearer tokens and BASIC SETTINGS',
  'Error response from daemon: Get "https://ghcr.io/v2/": denied: invalid bearer token',
  'Www-Authenticate: Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
  'Get "https://127.0.0.1:5000/v2/": Basic realm="x"',
  'Bearer error="invalid_token",error_description="expired"',
  `docker pull ghcr.io/acme/app@sha256:${'0a1b2c3d'.repeat(8)}`,
  `nginx:1.25@sha256:${'0a1b2c3d'.repeat(8)}`,
  'commit 3f2a9c0d1e2b3c4d5e6f708192a3b4c5d6e7f809',
  '01HZY3Q8T9VJ0W1X2Y3Z4A5B6C',
  '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.4.2',
  'registry.example.com:5000/team/auth:1.0',
  'password-service:1.2',
  'level=info msg="pulling" auth=false user=me',
  'secret="default/regcred" err="secret \\"regcred\\" not found"',
  'imagePullSecrets:\n- name: regcred',
  'DOCKER_TOKEN_FILE=/run/secrets/token',
  'GOOGLE_APPLICATION_CREDENTIALS=/etc/key.json',
  'if password == nil',
  'Password: \nError: login failed',
  'Error saving credentials: error storing credentials - err: exit status 1',
  'invalid username/password: unauthorized',
  'unix:///var/run/docker.sock',
  'npm_config_registry=https://packages.example.com',
  'dial tcp: lookup proxy on 10.0.0.53:53: no such host',
  'net/http: TLS handshake timeout',
  'time="2026-11-24T14:02:11.123456789Z" level=error msg="Handler for POST /v1.51/images/create returned error: denied"',
];

describe('redactText', () => {
  it.each(hidden)('hides the secret in %s', (marked) => {
    const text = marked.replace(/[‹›]/g, '');
    const answer = redactText(text);
    expect(answer.text).toBe(marked.replace(/‹[\s\S]*›/, redacted));
    expect(answer.hidden).toBe(1);
    expect(answer.kinds).toHaveLength(1);
  });

  it.each(hidden)('hides nothing twice in %s', (marked) => {
    const once = redactText(marked.replace(/[‹›]/g, '')).text;
    expect(redactText(once)).toEqual({ text: once, hidden: 0, kinds: [] });
  });

  it.each(leftAlone)('leaves %s as it is', (text) => {
    expect(redactText(text)).toEqual({ text, hidden: 0, kinds: [] });
  });

  it('finds each among all others', () => {
    const secrets = hidden.flatMap((marked) => /‹([\s\S]*)›/.exec(marked)?.[1] ?? []);
    const { text, hidden: count } = redactText(hidden.join('\n').replace(/[‹›]/g, ''));
    // Shorter ones are words that stand elsewhere too.
    for (const secret of secrets.filter(({ length }) => length > 7)) expect(text).not.toContain(secret);
    expect(count).toBeGreaterThanOrEqual(hidden.length);
  });

  it('counts what it hid', () => {
    expect(redactText('ghp_0123456789abcdef and glpat-0123456789abcdef').hidden).toBe(2);
  });

  // 64 KB of what the repetitions of the patterns like best.
  it.each([
    ...['login ', 'basic ', 'a://b:', '-----BEGIN PRIVATE KEY-----', '"auth": "', '?token=', ' --password '],
    ...[
      'a://',
      'a',
      'A',
      '_',
      'A_',
      'a+',
      'eyJ',
      'eyJa.',
      ' -u a:b',
      'run -u a:b',
      ' -u a',
      '\\"auth\\":\\"',
    ],
    ...[
      'password=',
      'PASS',
      'TOKEN_',
      'SECRET=',
      'echo a|',
      'echo a',
      'login -p',
      'curl ',
      'curl -u',
      '{Auth:',
    ],
    ...[
      '\\',
      '"',
      "'",
      ' ',
      '\n',
      'password: ',
      '  - ',
      'cookie: a=',
      'secret access key',
      '--creds a:',
      '-p ',
    ],
    ...[
      'auth":"\\',
      'Authorization: token ',
      'x-registry-auth:',
      'login \\\n',
      'a.8Q~',
      '1//0',
      'https://a:b@',
    ],
  ])('reads 64 KB of %j in time', (piece) => {
    const text = piece.repeat(Math.ceil(65_536 / piece.length));
    const begun = performance.now();
    redactText(text);
    expect(performance.now() - begun).toBeLessThan(400);
  });

  it('has no pattern that keeps state between two texts', () => {
    for (const { pattern } of secretShapes) expect(pattern.flags).not.toContain('y');
  });
});
