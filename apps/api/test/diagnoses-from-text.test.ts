import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { Evidence, type TextEvidence } from '@pull-doctor/contract/evidence/evidence';
import { stepNames } from '@pull-doctor/contract/steps';
import { diagnose } from '@pull-doctor/diagnosis/engine';
import {
  configWithLogins,
  type DockerConfigFolder,
  makeDockerConfigFolder,
} from '@pull-doctor/testkit/docker-config-folder';
import { multiPlatformImage, singleManifestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

const login = { user: 'alice', password: 'wonderland-7' };
const repositories = {
  'team/app': { '1': singleManifestImage('from text') },
  'team/many': { '1': multiPlatformImage('from text, many') },
};

let folder: string;
let config: DockerConfigFolder;
let environment: Record<string, string>;
let application: TestApplication;
/** Wants a login, and one that does not. */
let closed: RegistryServer;
let registry: RegistryServer;
const open: { close(): Promise<unknown> }[] = [];
const keep = <T extends { close(): Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdt-'));
  config = await makeDockerConfigFolder(path.join(folder, 'home'), { text: '{}' });
  const daemon = keep(await startStandInDaemon({ socket: path.join(folder, 'd.sock') }));
  environment = { ...config.environment, DOCKER_HOST: daemon.host };
  registry = keep(await startRegistry({ repositories }));
  closed = keep(
    await startRegistry({
      repositories,
      auth: { kind: 'basic', realm: 'closed', users: { [login.user]: login.password } },
    }),
  );
  application = await startApplication(() => environment);
});
beforeEach(() => {
  for (const { requests } of [registry, closed]) requests.length = 0;
  writeFileSync(config.file, '{}');
});
afterAll(async () => {
  await application?.close();
  await Promise.all(open.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

const diagnoseText = async (input: string, more: object = {}, on = application) => {
  const { status, diagnosis } = await on.diagnose({ input, ...more });
  expect(status, JSON.stringify(diagnosis).slice(0, 300)).toBe(200);
  return diagnosis;
};
const stepOf = ({ steps }: Diagnosis, name: string) => steps.find(({ step }) => step === name);
const textOf = (diagnosis: Diagnosis) => stepOf(diagnosis, 'text')?.evidence as TextEvidence;
const found = ({ findings }: Diagnosis) => findings.map(({ cause, certainty }) => `${cause}, ${certainty}`);
const signIn = () => writeFileSync(config.file, configWithLogins({ [closed.host]: login }));

const noLogin = (host: string) =>
  `Error response from daemon: Head "https://${host}/v2/team/app/manifests/1": no basic auth credentials`;
const kubelet = (image: string, words: string) =>
  `  Warning  Failed     12s (x2 over 27s)  kubelet  Failed to pull image "${image}": failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${words}`;

describe('an error text', () => {
  it('is read as a step of its own, after the reference', async () => {
    const input = noLogin(closed.host);
    const diagnosis = await diagnoseText(input);
    expect(diagnosis).toMatchObject({ input, secretsHidden: 0, pullable: 'no' });
    expect(diagnosis.reference).toMatchObject({ registry: closed.host, repository: 'team/app', tag: '1' });
    expect(diagnosis.steps.map(({ step }) => step)).toEqual(stepNames);
    const step = stepOf(diagnosis, 'text');
    expect(step).toMatchObject({ state: 'done', from: 'pasted', evidence: { registry: closed.host } });
    expect(step?.summary).not.toBe('');
  });

  it('that agrees with what the registry says makes the finding surer and is its evidence', async () => {
    const image = `${closed.host}/team/app:1`;
    const before = await diagnoseText(image);
    const diagnosis = await diagnoseText(noLogin(closed.host));
    expect(before.findings[0]?.cause).toBe('credentials-missing');
    expect(diagnosis.findings[0]).toMatchObject({
      cause: 'credentials-missing',
      certainty: before.findings[0]?.certainty === 'likely' ? 'very-likely' : before.findings[0]?.certainty,
    });
    expect(diagnosis.findings[0]?.restsOn).toContainEqual({
      step: 'text',
      says: 'Your text says "no basic auth credentials".',
    });
    expect(stepOf(before, 'text')).toBeUndefined();
  });

  it('of a pull that works since somebody signed in says so, and what it was about', async () => {
    signIn();
    const input = `time="2026-11-24T14:02:11.123456789Z" level=error msg="Handler for POST /v1.51/images/create returned error: Head \\"https://${closed.host}/v2/team/app/manifests/1\\": no basic auth credentials"`;
    const { verdict, pullable, findings } = await diagnoseText(input);
    expect({ pullable, findings }).toEqual({ pullable: 'yes', findings: [] });
    expect(verdict).toMatch(/^This pull works\. .*signed in as alice\./);
    expect(verdict).toContain(
      `The text is from 24 Nov 2026, 14:02 UTC: it says "no basic auth credentials"; now ${closed.host} accepts the login.`,
    );
  });

  it('of another cause than the one that is met now stands second, with why it is not met', async () => {
    const image = `${registry.host}/team/app:2`;
    const diagnosis = await diagnoseText(
      `$ docker pull ${image}\nError response from daemon: toomanyrequests: You have reached your pull rate limit.`,
    );
    expect(found(diagnosis)).toEqual(['tag-not-found, confirmed', 'rate-limited, likely']);
    expect(diagnosis.findings[1]?.why).toContain('Pull Doctor did not meet it.');
    expect(diagnosis.verdict).toBe(diagnosis.findings[0]?.what);
  });

  it('of a program that was answered by a registry which Pull Doctor cannot reach comes first', async () => {
    const gone = await startRegistry();
    await gone.close();
    const diagnosis = await diagnoseText(
      `Error response from daemon: manifest for ${gone.host}/team/app:3 not found: manifest unknown: manifest unknown`,
    );
    expect(diagnosis.findings.map(({ cause }) => cause)).toEqual(['tag-not-found', 'connection-failure']);
    expect(diagnosis.findings[0]?.certainty).toBe('likely');
    expect(diagnosis.findings[1]?.why).toContain('This is Pull Doctor’s own way out.');
    expect(diagnosis.findings[1]?.why).toContain(`got an answer of ${gone.host}`);
  });

  it('of Kubernetes is no less true for a pull that works through Docker', async () => {
    signIn();
    const image = `${closed.host}/team/app:1`;
    const diagnosis = await diagnoseText(
      kubelet(
        image,
        'pull access denied, repository does not exist or may require authorization: server message: no basic auth credentials',
      ),
    );
    expect(diagnosis).toMatchObject({ pullable: 'yes', findings: [{ cause: 'credentials-missing' }] });
    expect(diagnosis.verdict).toMatch(/^This pull works\..*it comes from Kubernetes/);
    expect(diagnosis.findings[0]?.why).toContain('imagePullSecrets');
  });

  it('of several failures is diagnosed for the first; the others are in its evidence', async () => {
    const diagnosis = await diagnoseText(
      [
        kubelet(`${registry.host}/team/app:4`, `${registry.host}/team/app:4: not found`),
        kubelet(`${closed.host}/team/app:1`, 'unexpected status: 429 Too Many Requests'),
      ].join('\n'),
    );
    expect(diagnosis.reference).toMatchObject({ registry: registry.host, tag: '4' });
    expect(diagnosis.findings[0]?.cause).toBe('tag-not-found');
    expect(textOf(diagnosis).groups.map(({ image }) => image)).toEqual([
      `${registry.host}/team/app:4`,
      `${closed.host}/team/app:1`,
    ]);
    expect(stepOf(diagnosis, 'text')?.summary).toContain('2 failures');
    expect(closed.requests).toEqual([]);
  });

  it('asks for the platform that it tells of, unless another is asked for', async () => {
    const input = `$ docker pull ${registry.host}/team/many:1\nno matching manifest for windows/amd64 in the manifest list entries`;
    const diagnosis = await diagnoseText(input);
    expect(diagnosis).toMatchObject({
      platform: 'windows/amd64',
      findings: [{ cause: 'platform-mismatch' }],
    });
    const other = await diagnoseText(input, { platform: 'linux/arm64' });
    expect(other).toMatchObject({ platform: 'linux/arm64', pullable: 'yes' });
  });

  it('of unknown words is told as that, beside what the registry says', async () => {
    const input = `$ docker pull ${registry.host}/team/app:1\nError response from daemon: the gremlins are in`;
    const diagnosis = await diagnoseText(input);
    expect(stepOf(diagnosis, 'text')).toMatchObject({
      state: 'warning',
      evidence: { causes: [{ cause: 'unknown' }] },
    });
    expect(diagnosis.pullable).toBe('yes');
    expect(diagnosis.verdict).toContain('no words that Pull Doctor knows');
  });

  it('may have 64 KB, and no more', async () => {
    const end = `\n${noLogin(closed.host)}`;
    const input = 'Pulling fs layer\n'.repeat(4_000).slice(0, 65_536 - end.length) + end;
    const diagnosis = await diagnoseText(input);
    expect(diagnosis.input).toBe(input);
    const list = await application.app.inject({
      url: '/api/v1/diagnoses?limit=1',
      headers: application.headers,
    });
    const [line] = list.json().items;
    expect(line).toMatchObject({ id: diagnosis.id, input: expect.stringMatching(/^Pulling fs layer/) });
    expect(line.input).toHaveLength(500);
    expect(diagnosis.findings[0]?.cause).toBe('credentials-missing');
    const answer = await application.app.inject({
      method: 'POST',
      url: '/api/v1/diagnoses',
      headers: application.headers,
      payload: { input: `${input}x` },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'invalid-request' });
  });

  it('is hidden before it is read, stored and answered, and the secrets are counted', async () => {
    const input = `docker login -u alice -p Planted-pasted-91 ${closed.host}\nX-Registry-Auth: ${Buffer.from('{"username":"alice","password":"Planted-pasted-92"}').toString('base64')}\n${noLogin(closed.host)}`;
    const diagnosis = await diagnoseText(input);
    expect(diagnosis.secretsHidden).toBe(2);
    expect(diagnosis.findings[0]?.cause).toBe('credentials-missing');
    const rows = JSON.stringify(await application.db.diagnosis.findMany());
    for (const kept of [JSON.stringify(diagnosis), rows]) {
      expect(kept).not.toContain('Planted-pasted');
      expect(kept).toContain('[redacted]');
    }
  });

  it('is part of the evidence that is stored, which gives the same judgement again', async () => {
    const diagnosis = await diagnoseText(noLogin(closed.host));
    const row = await application.db.diagnosis.findUniqueOrThrow({ where: { id: diagnosis.id } });
    const { findings, verdict, pullable } = diagnose(Evidence.parse(row.evidence));
    expect({ findings, verdict, pullable }).toEqual({
      findings: diagnosis.findings,
      verdict: diagnosis.verdict,
      pullable: diagnosis.pullable,
    });
    const again = await application.app.inject({
      url: `/api/v1/diagnoses/${diagnosis.id}`,
      headers: application.headers,
    });
    expect(again.json()).toEqual(diagnosis);
  });
});

describe('an error text that names no image', () => {
  const notAsked = [
    'reference',
    'dns',
    'tcp',
    'proxy',
    'tls',
    'ping',
    'challenge',
    'token',
    'manifest',
    'platform',
    'pull',
  ];

  it('asks no registry, and says so at each step that needs the image', async () => {
    const diagnosis = await diagnoseText(
      'Error response from daemon: write /var/lib/docker/tmp/GetImageBlob3936683477: no space left on device',
    );
    expect(diagnosis).toMatchObject({ state: 'finished', reference: null });
    expect(found(diagnosis)[0]).toMatch(/^local-storage, (?:very-)?likely$/);
    for (const name of notAsked)
      expect(stepOf(diagnosis, name)).toMatchObject({
        state: 'skipped',
        summary: 'the text names no image',
        evidence: null,
      });
    expect(stepOf(diagnosis, 'text')?.state).toBe('done');
    expect(stepOf(diagnosis, 'daemon')?.state).toBe('done');
    expect([...registry.requests, ...closed.requests]).toEqual([]);
  });

  it('is compared with config.json, where it complains of it', async () => {
    writeFileSync(config.file, '{"auths": {},}');
    const input = `WARNING: Error loading config file: ${config.file}: invalid character '}' looking for beginning of object key string`;
    const diagnosis = await diagnoseText(input);
    expect(found(diagnosis)).toEqual(['config-malformed, very-likely']);
    expect(diagnosis.verdict).toContain(config.file);
    expect(diagnosis.findings[0]?.restsOn.map(({ step }) => step)).toEqual(['text', 'credentials']);
    writeFileSync(config.file, '{}');
    const mended = await diagnoseText(input);
    expect(found(mended)).toEqual(['config-malformed, guess']);
    expect(mended.findings[0]?.why).toContain('It is not so now');
  });

  it('is compared with the login for the registry that it names', async () => {
    const input = `Error response from daemon: Get "https://${closed.host}/v2/": no basic auth credentials`;
    expect(found(await diagnoseText(input))).toEqual(['credentials-missing, very-likely']);
    signIn();
    const signedIn = await diagnoseText(input);
    expect(found(signedIn)[0]).toBe('credentials-missing, guess');
    expect(closed.requests).toEqual([]);
  });

  it('tells of a daemon that is not there', async () => {
    const away = keep(
      await startApplication(() => ({
        ...config.environment,
        DOCKER_HOST: 'unix:///nonexistent/docker.sock',
      })),
    );
    const diagnosis = await diagnoseText(
      'Cannot connect to the Docker daemon at unix:///nonexistent/docker.sock. Is the docker daemon running?',
      {},
      away,
    );
    expect(found(diagnosis)).toEqual(['daemon-unreachable, confirmed']);
    expect(diagnosis.pullable).toBe('no');
  });

  it('says that the image would decide, and is decided when it is given', async () => {
    const input = 'Error response from daemon: manifest unknown: manifest unknown';
    const alone = await diagnoseText(input);
    expect(found(alone)[0]).toMatch(/^tag-not-found/);
    expect(alone.verdict).toMatch(/Name the image, and Pull Doctor asks its registry\.$/);
    const named = await diagnoseText(input, { image: `${registry.host}/team/app:5` });
    expect(named).toMatchObject({ input, reference: { registry: registry.host, tag: '5' } });
    expect(found(named)).toEqual(['tag-not-found, confirmed']);
    expect(named.findings[0]?.restsOn.map(({ step }) => step)).toContain('text');
  });

  it('is not made a failure by a real pull that was asked for', async () => {
    const diagnosis = await diagnoseText('no space left on device while pulling', { pull: true });
    expect(stepOf(diagnosis, 'pull')).toMatchObject({ state: 'skipped', summary: 'the text names no image' });
  });
});

describe('an image that is given for a text', () => {
  it('wins over the one in the text', async () => {
    const diagnosis = await diagnoseText(noLogin(closed.host), { image: `${registry.host}/team/app:1` });
    expect(diagnosis.reference).toMatchObject({ registry: registry.host });
    expect(diagnosis.verdict).toContain(`is about ${closed.host}.`);
    expect(closed.requests).toEqual([]);
  });

  it.each(['Team/App:1', '', 'a b', 'nginx:'])(
    '%j is no name, which is told as of any other',
    async (image) => {
      const diagnosis = await diagnoseText(noLogin(closed.host), { image });
      expect(diagnosis).toMatchObject({ pullable: 'no', reference: null });
      expect(diagnosis.findings[0]).toMatchObject({ cause: 'invalid-reference', certainty: 'confirmed' });
      expect(diagnosis.findings[1]?.cause).toBe('credentials-missing');
      expect(closed.requests).toEqual([]);
    },
  );

  it('has its secrets hidden too', async () => {
    const diagnosis = await diagnoseText(noLogin(closed.host), {
      image: `https://alice:Planted-image-93@${closed.host}/team/app:1`,
    });
    expect(diagnosis.secretsHidden).toBe(1);
    expect(JSON.stringify(diagnosis)).not.toContain('Planted-image');
  });

  it('makes an error text of words that nobody knows', async () => {
    const diagnosis = await diagnoseText('it does not work at all', { image: `${registry.host}/team/app:1` });
    expect(stepOf(diagnosis, 'text')?.state).toBe('warning');
    expect(diagnosis.pullable).toBe('yes');
  });
});

describe('what is no error text', () => {
  it.each([
    ['a reference', (host: string) => `${host}/team/app:1`],
    ['a command', (host: string) => `docker pull ${host}/team/app:1`],
    ['a line of Compose', (host: string) => `image: ${host}/team/app:1`],
    ['a line of a Dockerfile', (host: string) => `FROM ${host}/team/app:1`],
  ])('has no such step: %s', async (_, input) => {
    const diagnosis = await diagnoseText(input(registry.host));
    expect(diagnosis.pullable).toBe('yes');
    expect(diagnosis.steps.map(({ step }) => step)).toEqual(stepNames.filter((step) => step !== 'text'));
  });
});
