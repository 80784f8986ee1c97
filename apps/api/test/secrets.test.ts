import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '@pull-doctor/testkit/child-process';
import { makeDockerConfigFolder } from '@pull-doctor/testkit/docker-config-folder';
import { startDockerd } from '@pull-doctor/testkit/dockerd';
import { workingHelper } from '@pull-doctor/testkit/helpers/credential-helpers';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { startRegistry } from '@pull-doctor/testkit/registry-server';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Nosy,
  startNosyBasic,
  startNosyBearer,
  startNosyProxy,
  startNosyRealm,
  startNosyRedirect,
  startNosyTokenServer,
} from './nosy-registry.ts';
import { asHaystacks, databaseRows, findSecrets, type Haystack } from './secret-search.ts';
import { processAdminToken, type ServerProcess, startServerProcess } from './server-process.ts';

/*
 * Secrets in every place that Pull Doctor reads, registries that repeat what they are sent, and a real pull. Then
 * everything that it keeps, logs or answers is searched for them.
 */
const planted = {
  'password in config.json': 'Planted-config-pw-71',
  'identity token in config.json': 'Planted-identity-token-72',
  'password from a helper': 'Planted-helper-pw-73',
  'password of a helper that fails': 'ghp_PlantedHelperFailure74',
  'password in DOCKER_AUTH_CONFIG': 'Planted-variable-pw-75',
  'password of the proxy': 'Planted-proxy-pw-76',
  'password of daemon.json’s proxy': 'Planted-daemon-proxy-77',
  'header in config.json': 'Planted-config-header-78',
  'password in the input, in an address': 'Planted-address-pw-79',
  'password in the input, as an option': 'Planted-option-pw-80',
  'token in the input': 'ghp_PlantedInputToken81',
  'token of the token server': 'Planted.bearer.token-82',
  'refresh token of the token server': 'Planted-refresh-token-83',
  'cookie of a registry': 'Planted-registry-cookie-84',
  'login in a Location': 'Planted-location-login-85',
  'signature in a Location': 'Planted-location-sig-86',
  'login in a realm': 'Planted-realm-login-87',
  'signature in a realm': 'Planted-realm-sig-88',
  'password of the registry that works': 'Planted-working-pw-89',
  'admin token': processAdminToken,
} as const;

/** Secrets as they stand in what people paste: each in words of its own. */
const pasted: Record<string, (secret: string) => string> = {
  'an authorization header': (secret) => `> Authorization: Bearer ${secret}`,
  'a Basic header': (secret) => `> Authorization: Basic ${basicOf('alice', secret)}`,
  'an authorization header of GitHub': (secret) => `authorization: token ${secret}`,
  'X-Registry-Auth in base64': (secret) =>
    `X-Registry-Auth: ${Buffer.from(JSON.stringify({ username: 'alice', password: secret })).toString('base64')}`,
  'X-Registry-Auth in hexadecimal digits': (secret) =>
    `X-Registry-Auth:[${Buffer.from(JSON.stringify({ password: secret })).toString('hex')}]`,
  'auth of config.json': (secret) => `{"auths":{"ghcr.io":{"auth":"${basicOf('alice', secret)}"}}}`,
  'auth of config.json, inside a log line': (secret) =>
    `level=debug msg="config {\\"auths\\":{\\"ghcr.io\\":{\\"auth\\": \\"${basicOf('alice', secret)}\\"}}}"`,
  identitytoken: (secret) => `"identitytoken": "${secret}"`,
  'what a helper prints': (secret) => `{"ServerURL":"ghcr.io","Username":"alice","Secret":"${secret}"}`,
  'a login as Go prints it': (secret) => `AuthConfig{Username:alice,Password:${secret},Auth:,}`,
  'docker login -p': (secret) => `$ docker login -u alice -p ${secret} ghcr.io`,
  '--password': (secret) => `$ docker login --password ${secret} ghcr.io`,
  '--password=': (secret) => `$ docker login --password=${secret} ghcr.io`,
  '--docker-password=': (secret) => `$ kubectl create secret docker-registry r --docker-password=${secret}`,
  '--creds': (secret) => `$ crictl pull --creds alice:${secret} ghcr.io/acme/app`,
  '--src-creds': (secret) => `$ skopeo copy --src-creds alice:${secret} docker://a docker://b`,
  'ctr --user': (secret) => `$ ctr images pull --user alice:${secret} ghcr.io/acme/app:1`,
  'curl -u': (secret) => `$ curl -u alice:${secret} https://ghcr.io/v2/`,
  'echo into docker login': (secret) => `$ echo ${secret} | docker login -u alice --password-stdin ghcr.io`,
  'a variable': (secret) => `REGISTRY_PASSWORD=${secret} ./deploy.sh`,
  AWS_SECRET_ACCESS_KEY: (secret) => `export AWS_SECRET_ACCESS_KEY=${secret}`,
  'an address': (secret) => `proxyconnect tcp: http://alice:${secret}@proxy.corp.example:3128`,
  'a query': (secret) => `Get "https://s3.example.com/layer?X-Amz-Signature=${secret}\\u0026x=1"`,
  'a cookie': (secret) => `< Set-Cookie: session=${secret}; Path=/`,
  'a Docker Hub token': (secret) => `login with dckr_pat_${secret}`,
  'a GitHub token': (secret) => `login with ghp_${secret}`,
  'a GitLab token': (secret) => `login with glpat-${secret}`,
  'a Google token': (secret) => `login with ya29.${secret}`,
  'a Slack token': (secret) => `notify with xoxb-${secret}`,
  'a private key': (secret) => `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
};
const pastedSecret = (index: number) => `PastedSecret${index + 10}Zq${'abcdefghij'.charAt(index % 10)}`;
const pastedText = (host: string) =>
  [
    ...Object.values(pasted).map((line, index) => line(pastedSecret(index))),
    `Error response from daemon: Head "https://${host}/v2/team/app/manifests/1": no basic auth credentials`,
  ].join('\n');

const basicOf = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64');
const isRealDaemon = process.getuid?.() === 0 && findProgram('dockerd') !== undefined;

let folder: string;
let server: ServerProcess;
let daemonLog: string;
const open: { close(): Promise<unknown> }[] = [];
const keep = <T extends { close(): Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};
const secrets: Record<string, string> = {
  ...planted,
  ...Object.fromEntries(Object.keys(pasted).map((name, index) => [`pasted: ${name}`, pastedSecret(index)])),
  'pasted: as the image': 'Pasted-image-secret-99',
  'pasted: as a registry': 'Pasted-registry-secret-98',
};
const haystacks: Haystack[] = [];
/** How many secrets were said to be hidden in each text that was pasted. */
const counted: number[] = [];
let nosies: Record<'config' | 'bearer' | 'identity' | 'helper' | 'variable' | 'proxy', Nosy>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pds-'));
  const cookie = planted['cookie of a registry'];
  nosies = {
    config: keep(await startNosyBasic(cookie)),
    bearer: keep(
      await startNosyBearer(
        planted['token of the token server'],
        planted['refresh token of the token server'],
        cookie,
      ),
    ),
    identity: keep(await startNosyTokenServer(cookie)),
    helper: keep(await startNosyBasic(cookie)),
    variable: keep(await startNosyTokenServer(cookie)),
    proxy: keep(await startNosyProxy()),
  };
  const failing = keep(await startNosyBasic(cookie));
  const redirect = keep(
    await startNosyRedirect(planted['login in a Location'], planted['signature in a Location']),
  );
  const realm = keep(await startNosyRealm(planted['login in a realm'], planted['signature in a realm']));
  const working = keep(
    await startRegistry({
      auth: {
        kind: 'basic',
        realm: 'works',
        users: { alice: planted['password of the registry that works'] },
      },
      repositories: { 'team/app': { '1': singleManifestImage('secrets') } },
    }),
  );

  const config = await makeDockerConfigFolder(path.join(folder, 'home'), {
    text: JSON.stringify({
      auths: {
        [nosies.config.host]: { auth: basicOf('alice', planted['password in config.json']) },
        [nosies.bearer.host]: { auth: basicOf('alice', planted['password in config.json']) },
        [redirect.host]: { auth: basicOf('alice', planted['password in config.json']) },
        [realm.host]: { username: 'alice', password: planted['password in config.json'] },
        [nosies.identity.host]: { identitytoken: planted['identity token in config.json'] },
        [working.host]: { auth: basicOf('alice', planted['password of the registry that works']) },
      },
      credHelpers: { [nosies.helper.host]: 'planted', [failing.host]: 'failing' },
      HttpHeaders: { 'X-Meta': planted['header in config.json'] },
      proxies: { default: { httpsProxy: `http://desk:${planted['password of the proxy']}@127.0.0.1:9` } },
    }),
    helpers: {
      planted: workingHelper({
        [nosies.helper.host]: { username: 'alice', secret: planted['password from a helper'] },
      }),
      failing: {
        script: `#!/bin/sh
echo 'cannot store Bearer ${planted['password of a helper that fails']} in the keychain'
echo '{"Username":"alice","Secret":"${planted['password of a helper that fails']}"}' >&2
exit 1
`,
      },
    },
  });
  const etc = path.join(folder, 'etc');
  mkdirSync(etc);
  writeFileSync(
    path.join(etc, 'daemon.json'),
    JSON.stringify({
      proxies: { 'https-proxy': `http://desk:${planted['password of daemon.json’s proxy']}@127.0.0.1:9` },
    }),
  );
  daemonLog = path.join(folder, 'dockerd.log');
  writeFileSync(
    daemonLog,
    `level=error msg="Not continuing with pull after error: denied: password ${planted['password in config.json']} of alice at ${nosies.config.host}/team/app"\n`,
  );
  const proxyAddress = `http://desk:${planted['password of the proxy']}@${nosies.proxy.host}`;
  server = await startServerProcess(
    {
      ...config.environment,
      DOCKER_HOST: await startDaemon(proxyAddress),
      HTTPS_PROXY: proxyAddress,
      DOCKER_AUTH_CONFIG: JSON.stringify({
        auths: {
          [nosies.variable.host]: { auth: basicOf('alice', planted['password in DOCKER_AUTH_CONFIG']) },
        },
      }),
    },
    { PULL_DOCTOR_DEADLINE_SECONDS: '8', PULL_DOCTOR_DOCKER_ETC: etc, PULL_DOCTOR_DAEMON_LOG: daemonLog },
  );

  const hosts = [...Object.values(nosies).slice(0, 5), failing, redirect, realm, working].map(
    ({ host }) => host,
  );
  await gather(hosts);
}, 90_000);

afterAll(async () => {
  await server?.stop();
  await Promise.all(open.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** The real one where it can run: what it says about a pull holds what the registry said to it. */
async function startDaemon(proxyAddress: string): Promise<string> {
  if (isRealDaemon) {
    const daemon = await startDockerd({
      folder: path.join(folder, 'docker'),
      env: { HTTPS_PROXY: proxyAddress },
    });
    if (!daemon.ok) throw new Error(daemon.why);
    keep({ close: daemon.stop });
    return daemon.host;
  }
  const masked = proxyAddress.replace(/\/\/[^@]+@/, '//xxxxx:xxxxx@');
  const standIn = keep(
    await startStandInDaemon({
      socket: path.join(folder, 'd.sock'),
      httpsProxy: masked,
      pullError: 'denied',
    }),
  );
  return standIn.host;
}

/** Runs every diagnosis, each with a pull, and keeps every answer of the API. */
async function gather(hosts: readonly string[]): Promise<void> {
  const get = async (url: string, headers: Record<string, string> = server.headers) => {
    const answer = await fetch(`${server.origin}${url}`, { headers });
    const text = await answer.text();
    haystacks.push({ name: url, text: JSON.stringify([...answer.headers]) + text });
    return text;
  };
  const events = listenToEvents();
  const inputs = [
    ...hosts.map((host) => ({ input: `${host}/team/app:1`, pull: true })),
    { input: 'echo.planted.test/team/app:1', pull: true },
    {
      input: `docker run -e A=1 https://alice:${planted['password in the input, in an address']}@${hosts[0]}/team/app:1`,
    },
    {
      input: `docker login --password ${planted['password in the input, as an option']} ${hosts[0]} && docker pull ${hosts[0]}/team/app:1`,
    },
    { input: `Error: token ${planted['token in the input']} denied for ${hosts[0]}/team/app:1` },
    { input: pastedText(hosts[0] ?? '') },
    {
      input: `${pastedText('ghcr.io').split('\n').slice(0, -1).join('\n')}\nno space left on device`,
      image: `https://alice:${secrets['pasted: as the image']}@${hosts[0]}/team/app:1`,
    },
  ];
  for (const body of inputs) {
    const { status, text, diagnosis } = await server.diagnose(body);
    if (status !== 200) throw new Error(`${body.input}: ${status} ${text}`);
    haystacks.push({ name: `POST ${body.input.slice(0, 40)}`, text });
    await get(`/api/v1/diagnoses/${diagnosis.id}`);
    // It is about the first one; of another registry's credential nothing is known at the others.
    writeFileSync(daemonLog, '');
    if (diagnosis.attemptId) await get(`/api/v1/attempts/${diagnosis.attemptId}`);
    const recognized = await fetch(`${server.origin}/api/v1/recognize`, {
      method: 'POST',
      headers: { ...server.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ input: body.input }),
    });
    haystacks.push({ name: `recognize ${body.input.slice(0, 40)}`, text: await recognized.text() });
    const classified = await fetch(`${server.origin}/api/v1/classify`, {
      method: 'POST',
      headers: { ...server.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ text: body.input }),
    });
    const read = await classified.text();
    haystacks.push({ name: `classify ${body.input.slice(0, 40)}`, text: read });
    if (body.input.startsWith('>')) counted.push(JSON.parse(read).secretsHidden, diagnosis.secretsHidden);
  }
  for (const url of ['diagnoses', 'attempts', 'host', 'session', 'openapi.json']) await get(`/api/v1/${url}`);
  await gatherBoard(get);

  const signedIn = await fetch(`${server.origin}/signin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: processAdminToken }),
  });
  const cookie = /^pull_doctor_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? '';
  secrets['session cookie'] = cookie;
  haystacks.push({ name: 'POST /signin', text: await signedIn.text() });
  const headers = { cookie: `pull_doctor_session=${cookie}` };
  for (const url of ['/', '/diagnose', '/api/v1/session', '/api/docs', '/api/v1/nothing'])
    await get(url, headers);

  const wrong = await fetch(`${server.origin}/signin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: `${processAdminToken}x` }),
  });
  haystacks.push({ name: 'a wrong token', text: await wrong.text() });
  haystacks.push({ name: 'the event stream', text: await events() });
  haystacks.push({ name: 'the log', text: server.child.lines.join('\n') });
  haystacks.push(...asHaystacks(server.files()));
  haystacks.push(...databaseRows(path.join(server.dataFolder, 'pull-doctor.db')));
}

/** Checks every registry of the configuration by hand, and reads all that is then told of it. */
async function gatherBoard(get: (url: string) => Promise<string>): Promise<void> {
  const board: { items: { host: string }[] } = JSON.parse(await get('/api/v1/registries'));
  for (const { host } of board.items) {
    const url = `${server.origin}/api/v1/registries/${encodeURIComponent(host)}`;
    const checked = await fetch(`${url}/check`, { method: 'POST', headers: server.headers });
    haystacks.push({ name: `check ${host}`, text: await checked.text() });
    await get(new URL(url).pathname);
  }
  const added = await fetch(`${server.origin}/api/v1/registries`, {
    method: 'POST',
    headers: { ...server.headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      host: `https://alice:${secrets['pasted: as a registry']}@${nosies.config.host}/team/app`,
    }),
  });
  haystacks.push({ name: 'POST /registries', text: await added.text() });
  await get('/api/v1/registries');
  await get('/metrics');
}

function listenToEvents(): () => Promise<string> {
  const stop = new AbortController();
  let text = '';
  const reading = (async () => {
    const answer = await fetch(`${server.origin}/api/v1/events`, {
      headers: server.headers,
      signal: stop.signal,
    });
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return async () => {
    stop.abort();
    await reading;
    return text;
  };
}

describe('a secret', () => {
  it.each([...Object.keys(secrets), 'session cookie'])('%s is nowhere', (name) => {
    const value = secrets[name] ?? '';
    expect(value.length).toBeGreaterThan(11);
    expect(findSecrets({ [name]: value }, haystacks)).toEqual([]);
  });

  it('is found by this search, plain and inside base64, or it would show nothing', () => {
    const token = 'Planted-in-this-test';
    const texts = [
      `xx${token}`,
      ...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${token}:z`).toString('base64')),
      encodeURIComponent(`${token}%`),
    ];
    for (const text of texts)
      expect(findSecrets({ token }, [{ name: 'a text', text }]), text).not.toEqual([]);
  });
});

describe('what was pasted', () => {
  it('is kept without its secrets, and they were counted', () => {
    const many = Object.keys(pasted).length;
    expect(counted.map((count) => count >= many)).toEqual([true, true, true, true]);
    const of = (name: string) => haystacks.find((one) => one.name === name)?.text ?? '';
    expect(of('table Diagnosis')).toContain('no basic auth credentials');
    expect(of('table Diagnosis')).toContain('--creds alice:[redacted]');
  });
});

describe('what was searched', () => {
  it('holds the database with its log, every table, the log and the page', () => {
    const names = haystacks.map(({ name }) => name);
    for (const name of [
      'pull-doctor.db',
      'pull-doctor.db-wal',
      'table Diagnosis',
      'the log',
      '/',
      'the event stream',
    ])
      expect(names).toContain(name);
    const of = (name: string) => haystacks.find((one) => one.name === name)?.text ?? '';
    expect(of('table Diagnosis').length).toBeGreaterThan(50_000);
    expect(of('table PullAttempt')).toContain('team/app');
    expect(of('table Session')).toContain('admin token');
    expect(of('the event stream')).toContain('diagnosis-changed');
    expect(of('the event stream')).toContain('registry-changed');
    expect(of('table RegistryLogin').length).toBeGreaterThan(10_000);
    for (const { host } of Object.values(nosies).slice(0, 4)) {
      expect(of('table RegistryLogin')).toContain(host);
      // One of them hands its token to anybody, which tells nothing of the login; it was sent all the same.
      expect(of(`check ${host}`)).toMatch(/"checkedAt":"\d/);
    }
    expect(of('/metrics')).toContain('pulldoctor_registry_login_state');
    expect(of('/')).toContain('<html');
    // The daemon's log was read, and its words are kept without the secret in them.
    expect(of('table Diagnosis')).toContain('Not continuing with pull after error');
  });

  it('came from diagnoses that really sent the secrets', () => {
    const basic = (name: keyof typeof planted) => `Basic ${basicOf('alice', planted[name])}`;
    expect(nosies.config.heard).toContain(basic('password in config.json'));
    expect(nosies.bearer.heard).toContain(`Bearer ${planted['token of the token server']}`);
    expect(nosies.identity.heard.join()).toContain(planted['identity token in config.json']);
    expect(nosies.helper.heard).toContain(basic('password from a helper'));
    expect(nosies.variable.heard).toContain(basic('password in DOCKER_AUTH_CONFIG'));
    expect(nosies.proxy.heard).toContain(`Basic ${basicOf('desk', planted['password of the proxy'])}`);
  });

  it.skipIf(!isRealDaemon)(
    `holds a real pull that worked with a secret${isRealDaemon ? '' : ' (needs root and dockerd: apt-get install docker.io)'}`,
    () => {
      expect(haystacks.find(({ name }) => name === 'table PullAttempt')?.text).toContain(
        '"outcome":"pulled"',
      );
    },
  );
});
