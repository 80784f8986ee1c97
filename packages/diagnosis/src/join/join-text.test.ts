import { causeFacts } from '@pull-doctor/contract/causes';
import { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { describe, expect, it } from 'vitest';
import { faultRows } from '../../test/evidence/fault-rows.ts';
import { manifestAsk, noLogin, runningDaemon, storedLogin } from '../../test/evidence/healthy-pull.ts';
import { evidenceOf } from '../../test/evidence/make-evidence.ts';
import {
  certificate,
  dnsFails,
  proxyAnswers,
  pulled,
  pullSays,
  tcpFails,
} from '../../test/evidence/network-faults.ts';
import { pullThatGets } from '../../test/evidence/refused-pull.ts';
import { diagnose } from '../engine.ts';
import { readMessage } from '../message/read-message.ts';
import { allRules } from '../rules/all-rules.ts';

const host = 'registry.corp.example';
const image = `${host}/team/app:1.0`;

/** The judgement of what was seen, and of a text that was brought along. */
function judge(seen: Evidence, text: string) {
  return diagnose(Evidence.parse({ ...seen, input: text, text: readMessage(text) }));
}

/** Each finding with its certainty, in the order in which they are told. */
const found = ({ findings }: ReturnType<typeof judge>) =>
  findings.map(({ cause, certainty }) => `${cause}, ${certainty}`);
const textOf = (judged: ReturnType<typeof judge>, cause: string) => {
  const finding = judged.findings.find((one) => one.cause === cause);
  return finding?.restsOn.find(({ step }) => step === 'text')?.says ?? null;
};

const says = {
  noLogin: `Error response from daemon: Get "https://${host}/v2/team/app/manifests/1.0": no basic auth credentials`,
  expired: `time="2026-11-24T14:02:11.123456789Z" level=error msg="Handler for POST /v1.51/images/create returned error: Get \\"https://${host}/v2/team/app/manifests/1.0\\": denied: Your authorization token has expired. Reauthenticate and try again."`,
  denied: `Error response from daemon: pull access denied for ${host}/team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  noTag: `Error response from daemon: manifest for ${image} not found: manifest unknown: manifest unknown`,
  tooMany: 'Error response from daemon: toomanyrequests: You have reached your pull rate limit.',
  noName: `Error response from daemon: Get "https://${host}/v2/": dial tcp: lookup ${host} on 10.0.0.53:53: no such host`,
  refused: `Error response from daemon: Get "https://${host}/v2/": dial tcp 10.0.0.5:443: connect: connection refused`,
  untrusted: `Error response from daemon: Get "https://${host}/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  proxyLogin: `Error response from daemon: Get "https://${host}/v2/": Proxy Authentication Required`,
  disk: `Error response from daemon: write /var/lib/docker/tmp/GetImageBlob3936683477: no space left on device`,
  noDaemon:
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  config:
    "WARNING: Error loading config file: /home/deploy/.docker/config.json: invalid character '}' looking for beginning of object key string",
  helper:
    'error getting credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
  kubelet: `  Warning  Failed  2m  kubelet  Failed to pull image "${image}": failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://${host}/token: 401 Unauthorized`,
  gremlins: `docker pull ${image}\nError response from daemon: the gremlins are in`,
};

const refused = manifestAsk(401, { as: 'anonymous', code: 'UNAUTHORIZED' });
const noTag = manifestAsk(404, { as: 'anonymous', code: 'MANIFEST_UNKNOWN' });
const noSuchTag = pullThatGets(noTag, { exists: 'yes' });
const missing = pullThatGets(refused);
const bare = Evidence.parse({
  version: 1,
  now: evidenceOf().now,
  input: '',
  vantage: { from: 'pull-doctor', notes: [] },
  notSeen: {},
});

describe('a text that agrees with what Pull Doctor saw', () => {
  it('makes a likely finding surer by one word, and is what it rests on', () => {
    expect(diagnose(missing).findings).toMatchObject([{ cause: 'credentials-missing', certainty: 'likely' }]);
    const judged = judge(missing, says.noLogin);
    expect(found(judged)).toEqual(['credentials-missing, very-likely']);
    expect(textOf(judged, 'credentials-missing')).toBe('Your text says "no basic auth credentials".');
    expect(judged.pullable).toBe('no');
  });

  it('does not make it surer by words that several causes end in', () => {
    const judged = judge(missing, says.denied);
    expect(found(judged)).toEqual(['credentials-missing, likely']);
    expect(textOf(judged, 'credentials-missing')).toContain('pull access denied');
  });

  it('leaves a confirmed finding confirmed by whom it was', () => {
    const judged = judge(noSuchTag, says.noTag);
    expect(judged.findings).toMatchObject([
      { cause: 'tag-not-found', certainty: 'confirmed', confirmedBy: 'registry' },
    ]);
  });

  it.each(faultRows)('never makes a finding confirmed, and changes no cause: %s', (_, evidence, cause) => {
    for (const text of Object.values(says)) {
      const { findings } = judge(evidence, text);
      const before = diagnose(evidence).findings;
      for (const { cause, certainty } of findings)
        if (certainty === 'confirmed')
          expect(before).toContainEqual(expect.objectContaining({ cause, certainty }));
      // Whatever the text says, what Pull Doctor saw stays told.
      expect(findings.map((one) => one.cause)).toContain(cause);
    }
  });

  it('comes before another thing that is wrong', () => {
    const daemon = { ...runningDaemon(), reached: false, info: null, disk: null };
    const seen = pullThatGets(noTag, { exists: 'yes' }, { daemon });
    expect(diagnose(seen).findings[0]?.cause).toBe('tag-not-found');
    expect(found(judge(seen, says.noDaemon))).toEqual([
      'daemon-unreachable, confirmed',
      'tag-not-found, confirmed',
    ]);
  });

  it('of another program says what that program uses', () => {
    const { findings } = judge(missing, says.kubelet);
    expect(findings[0]?.cause).toBe('credentials-missing');
    expect(findings[0]?.why).toContain('imagePullSecrets');
  });

  it('about another registry counts for nothing', () => {
    const judged = judge(missing, says.noLogin.replaceAll(host, 'quay.io'));
    expect(found(judged)).toEqual(['credentials-missing, likely']);
  });
});

describe('a text of a pull that works now', () => {
  const works = evidenceOf({ user: 'deploy' });

  it.each([
    ['noLogin', 'The text says "no basic auth credentials"; now registry.corp.example accepts the login.'],
    ['noName', 'now registry.corp.example has an address.'],
    ['tooMany', 'now registry.corp.example lets the pull through.'],
    ['noTag', 'now tag 1.0 is there.'],
    ['untrusted', 'now the certificate of registry.corp.example is accepted.'],
    ['gremlins', 'The text holds no words that Pull Doctor knows.'],
  ] as const)('the verdict says both: %s', (name, words) => {
    const { verdict, pullable } = judge(works, says[name]);
    expect(pullable).toBe('yes');
    expect(verdict).toMatch(/^This pull works\. /);
    expect(verdict).toContain(words);
  });

  it('says when the text is from, where it tells', () => {
    const { verdict, findings } = judge(works, says.expired);
    expect(verdict).toContain('The text is from 24 Nov 2026, 14:02 UTC: it says ');
    expect(findings).toEqual([]);
  });

  it('keeps what the daemon decides by itself, where Pull Doctor may see something else', () => {
    expect(judge(works, says.untrusted).findings).toEqual([]);
    const inContainer = { ...works, vantage: { ...works.vantage, notes: ['It runs in a container.'] } };
    const judged = judge(inContainer, says.untrusted);
    expect(judged.pullable).toBe('yes');
    expect(found(judged)).toEqual(['tls-untrusted, guess']);
    expect(judged.findings[0]?.why).toContain('It is not so now');
    const { findings, verdict, pullable } = judge({ ...inContainer, pull: pulled() }, says.untrusted);
    expect({ findings, pullable }).toEqual({ findings: [], pullable: 'yes' });
    expect(verdict).toContain('now the certificate');
  });

  it('is a finding all the same where another program pulls with settings of its own', () => {
    for (const seen of [works, { ...works, pull: pulled() }]) {
      const judged = judge(seen, says.kubelet);
      expect(judged).toMatchObject({ pullable: 'yes', findings: [{ cause: 'credentials-missing' }] });
      expect(judged.verdict).toContain('it comes from Kubernetes, which pulls in its own way.');
      expect(judged.findings[0]?.why).toContain('imagePullSecrets');
    }
  });

  it('is over for every program where it was the registry’s', () => {
    const text = says.kubelet.replace(/failed to authorize.*/, 'manifest unknown');
    expect(readMessage(text).client).toBe('kubelet');
    const { findings, verdict } = judge(works, text);
    expect(findings).toEqual([]);
    expect(verdict).toContain('now tag 1.0 is there.');
  });

  it('names the other registry that the text is about', () => {
    const { verdict, pullable } = judge(works, says.noLogin.replaceAll(host, 'quay.io'));
    expect(pullable).toBe('yes');
    expect(verdict).toContain('is about quay.io.');
  });

  it('is told beside a daemon that does not answer', () => {
    const daemon = { ...runningDaemon(), reached: false, info: null, disk: null };
    const { findings, verdict } = judge({ ...works, daemon }, says.noLogin);
    expect(findings.map(({ cause }) => cause)).toEqual(['daemon-unreachable']);
    expect(verdict).toContain('The text says "no basic auth credentials"; now');
  });

  it('does not speak for the daemon’s disk, which no registry shows', () => {
    const unseen = { ...runningDaemon(), disk: null, diskUnknown: 'Pull Doctor has no view of it.' };
    expect(judge({ ...works, daemon: unseen }, says.disk)).toMatchObject({
      pullable: 'no',
      findings: [{ cause: 'local-storage', certainty: 'likely' }],
    });
    expect(judge(works, says.disk)).toMatchObject({ pullable: 'yes', findings: [] });
  });
});

describe('a text of a cause that is not met, where another one is', () => {
  it('comes second, and says that it was not met', () => {
    const judged = judge(noSuchTag, says.tooMany);
    expect(found(judged)).toEqual(['tag-not-found, confirmed', 'rate-limited, likely']);
    expect(judged.findings[1]?.why).toContain('Pull Doctor did not meet it.');
    expect(judged.verdict).toBe(judged.findings[0]?.what);
  });

  it('is a guess where it is not so any more, with the reason', () => {
    const judged = judge(noSuchTag, says.noName);
    expect(found(judged)).toEqual(['tag-not-found, confirmed', 'dns-failure, guess']);
    expect(judged.findings[1]?.why).toMatch(/It is not so now: .*10\.0\.0\.5/);
  });

  it('stays likely for a program that has its own settings', () => {
    const judged = judge(noSuchTag, says.kubelet);
    expect(found(judged)).toEqual(['tag-not-found, confirmed', 'credentials-missing, likely']);
    expect(judged.findings[1]?.why).toContain('does not count there');
  });

  it('speaks of its own registry', () => {
    const judged = judge(noSuchTag, says.noLogin.replaceAll(host, 'quay.io'));
    expect(found(judged)).toEqual(['tag-not-found, confirmed', 'credentials-missing, likely']);
    expect(judged.findings[1]?.what).toContain('quay.io');
    expect(judged.findings[1]?.why).toContain('The text is about quay.io');
    expect(JSON.stringify(judged.findings[1]?.commands)).not.toContain(host);
  });

  it('supports a reading that Pull Doctor could not exclude, in its place', () => {
    const seen = missing;
    expect(diagnose(seen).findings[0]?.alternatives.map(({ cause }) => cause)).toEqual([
      'repository-not-found',
    ]);
    const judged = judge(
      seen,
      `Error response from daemon: repository ${host}/team/app not found: does not exist or no pull access`,
    );
    const named = judged.findings.flatMap(({ cause, alternatives }) => [
      cause,
      ...alternatives.map((one) => one.cause),
    ]);
    expect(named).toContain('repository-not-found');
    expect(JSON.stringify(judged.findings)).toContain('Your text says');
  });

  it('comes first where Pull Doctor only guesses', () => {
    const timeUp = {
      ...noLogin(host),
      sources: [
        {
          place: 'credsStore' as const,
          key: null,
          state: 'passed-over' as const,
          why: 'The helper lives on the host.',
          helper: 'desktop',
          code: 'elsewhere' as const,
        },
      ],
    };
    const seen = pullThatGets(refused, {}, { credentials: timeUp });
    expect(diagnose(seen).findings).toMatchObject([{ certainty: 'guess' }]);
    const judged = judge(seen, says.tooMany);
    expect(found(judged)[0]).toBe('rate-limited, likely');
    expect(judged.findings).toHaveLength(2);
  });

  it('stands below what the daemon says of a real pull', () => {
    const seen = evidenceOf(
      {},
      { pull: pullSays(`Get "https://${host}/v2/": Proxy Authentication Required`) },
    );
    expect(found(judge(seen, says.noLogin))[0]).toMatch(/^proxy-failure/);
  });
});

describe('a text of a program that came farther than Pull Doctor', () => {
  it.each<[string, Evidence, string, string, string]>([
    [
      'an answer, and no address here',
      dnsFails('name-not-found'),
      says.noLogin,
      'credentials-missing',
      'dns-failure',
    ],
    [
      'words that several causes end in',
      dnsFails('name-not-found'),
      says.denied,
      'credentials-missing',
      'dns-failure',
    ],
    [
      'an answer, and no connection here',
      tcpFails('refused'),
      says.noTag,
      'tag-not-found',
      'connection-failure',
    ],
    [
      'a certificate, and no address here',
      dnsFails('name-not-found'),
      says.untrusted,
      'tls-untrusted',
      'dns-failure',
    ],
    [
      'a connection, and no address here',
      dnsFails('name-server-silent'),
      says.refused,
      'connection-failure',
      'dns-failure',
    ],
    ['an answer, and a proxy here', proxyAnswers(403), says.tooMany, 'rate-limited', 'proxy-failure'],
    [
      'an answer, and a foreign certificate here',
      certificate(['untrusted']),
      says.noLogin,
      'credentials-missing',
      'tls-untrusted',
    ],
  ])('is the first finding: %s', (_, seen, text, first, second) => {
    const { findings } = judge(seen, text);
    expect(findings.map(({ cause }) => cause)).toEqual([first, second]);
    expect(findings[0]?.certainty).not.toBe('confirmed');
    expect(findings[1]?.why).toContain('Pull Doctor’s own way out');
    expect(findings[1]?.why).toMatch(/The program in your text .* registry\.corp\.example/);
  });

  it.each<[string, Evidence, string]>([
    ['the same fault', dnsFails('name-not-found'), says.noName],
    ['a fault that strikes earlier', tcpFails('refused'), says.noName],
    ['words that prove no answer', dnsFails('name-not-found'), says.disk],
    ['a proxy’s answer', dnsFails('name-not-found'), says.proxyLogin],
    ['an answer of another registry', dnsFails('name-not-found'), says.noLogin.replaceAll(host, 'quay.io')],
  ])('is not seen in %s', (_, seen, text) => {
    const { findings } = judge(seen, text);
    expect(findings[0]?.cause).toBe(diagnose(seen).findings[0]?.cause);
    expect(JSON.stringify(findings)).not.toContain('own way out');
  });
});

describe('a text that names no image', () => {
  it.each([
    ['config', 'config-malformed'],
    ['helper', 'helper-missing'],
    ['noDaemon', 'daemon-unreachable'],
    ['disk', 'local-storage'],
  ] as const)('is judged by itself: %s', (name, cause) => {
    const { findings, verdict, ruledOut, open } = judge(bare, says[name]);
    expect(findings).toMatchObject([{ cause, certainty: 'likely', restsOn: [{ step: 'text' }] }]);
    expect(verdict).toBe(findings[0]?.what);
    expect([...ruledOut, ...open].map((one) => one.cause)).not.toContain(cause);
  });

  it.each([
    [
      'a broken file',
      says.config,
      'credentials',
      {
        credentials: {
          ...noLogin(host),
          file: {
            ...noLogin(host).file,
            state: 'malformed',
            faults: [
              {
                code: 'trailing-comma',
                what: 'A comma before the closing brace.',
                key: null,
                line: 5,
                column: 4,
              },
            ],
          },
        },
      },
      'line 5',
    ],
    [
      'a full disk',
      says.disk,
      'daemon',
      { daemon: { ...runningDaemon(), disk: { path: '/var/lib/docker', freeBytes: 4096, totalBytes: 1e9 } } },
      'full',
    ],
    [
      'an ended token',
      says.expired,
      'credentials',
      {
        credentials: storedLogin(host, 'AWS', {
          expiry: { state: 'ends', endsAt: '2020-01-01T00:00:00.000Z', issuedAt: null, source: 'exp' },
        }),
      },
      'expired',
    ],
  ] as const)('is surer by what is seen of the host: %s', (_, text, step, seen, words) => {
    const { findings } = judge({ ...bare, ...(seen as Partial<Evidence>) }, text);
    expect(findings[0]).toMatchObject({ certainty: 'very-likely', restsOn: [{ step: 'text' }, { step }] });
    expect(findings[0]?.what).toContain(words);
  });

  it('is a guess where the host shows that it is over', () => {
    const judged = judge({ ...bare, daemon: runningDaemon() }, says.noDaemon);
    expect(judged).toMatchObject({ pullable: 'unknown', findings: [{ certainty: 'guess' }] });
    expect(judged.findings[0]?.why).toContain('It is not so now: Docker 28.5.2 answers');
  });

  it('says that the image decides, where it does', () => {
    const { verdict, findings } = judge(bare, 'manifest unknown: manifest unknown');
    expect(findings[0]).toMatchObject({ cause: 'tag-not-found', certainty: 'likely', commands: [] });
    expect(verdict).toMatch(/Name the image, and Pull Doctor asks its registry\.$/);
  });

  it('names the registry where the text does', () => {
    const { verdict, findings } = judge(
      bare,
      `Error response from daemon: login attempt to https://${host}/v2/ failed with status: 401 Unauthorized`,
    );
    expect(findings[0]?.cause).toBe('credentials-invalid');
    expect(verdict).toBe(`${host} refuses this credential.`);
    expect(findings[0]?.commands.map(({ command }) => command).join()).toContain(host);
  });

  it('does not claim one of several causes', () => {
    const { verdict, findings, pullable } = judge(
      bare,
      'Error response from daemon: Get "https://ghcr.io/v2/": denied: denied',
    );
    expect(pullable).toBe('unknown');
    expect(verdict).toMatch(/^The text fits \d causes: .+ or .+\.$/);
    expect(findings[0]?.alternatives.length).toBeGreaterThan(0);
  });
});

describe('whatever was seen', () => {
  const known = Object.entries(says).filter(([name]) => name !== 'gremlins');

  it.each(known)('the text is told of: %s', (_, text) => {
    const daemon = { ...runningDaemon(), reached: false, info: null, disk: null };
    const all = [
      ...faultRows.map(([, evidence]) => evidence),
      evidenceOf(),
      evidenceOf({ user: 'deploy' }, { daemon }),
    ];
    for (const seen of all) {
      const { findings, verdict } = judge(seen, text);
      expect(verdict + JSON.stringify(findings)).toMatch(/Your text says|The text (?:says|is from)/);
    }
  });
});

describe('other readings', () => {
  it.each(Object.entries(says))('are each told once: %s', (_, text) => {
    for (const [, seen] of faultRows)
      for (const { cause, alternatives } of judge(seen, text).findings) {
        const named = [cause, ...alternatives.map((one) => one.cause)];
        expect(named).toEqual([...new Set(named)]);
      }
  });

  it('that only fit do not stand for the cause that the text names', () => {
    const daemon = { ...runningDaemon(), reached: false, info: null, disk: null };
    const read = readMessage(says.tooMany);
    const [first] = read.causes;
    const fits = {
      ...(first as (typeof read.causes)[number]),
      cause: 'daemon-unreachable',
      certainty: 'guess',
    };
    const seen = pullThatGets(noTag, { exists: 'yes' }, { daemon });
    const { findings } = diagnose(Evidence.parse({ ...seen, text: { ...read, causes: [first, fits] } }));
    expect(findings.map(({ cause }) => cause)).toEqual([
      'tag-not-found',
      'rate-limited',
      'daemon-unreachable',
    ]);
  });
});

describe('every sign', () => {
  const lines = allRules.flatMap(({ signs }) => signs.map(({ line }) => line));

  it.each(lines)('makes sentences with nothing left out: %s', (line) => {
    for (const seen of [
      bare,
      { ...bare, daemon: runningDaemon() },
      evidenceOf(),
      missing,
      dnsFails('name-not-found'),
    ]) {
      const { findings, verdict } = judge(seen, line);
      for (const sentence of [verdict, ...findings.flatMap(({ what, why, todo }) => [what, why, todo])])
        expect(sentence).not.toMatch(/ {2}| \.(?:\s|$)|undefined|null|^$|^\.|\bof\s*\.| {0,1}''/);
      for (const { commands } of findings)
        for (const { command } of commands) expect(command).not.toMatch(/ {2}|\s$|https:\/\/\/|undefined/);
      for (const { cause } of findings) expect(causeFacts).toHaveProperty(cause);
    }
  });

  it.each(lines)('is never dropped where no image is named: %s', (line) => {
    const [first] = readMessage(line).causes;
    const { findings } = judge(bare, line);
    expect(findings.map(({ cause }) => cause)).toContain(first?.cause);
  });
});

describe('a text of which nothing is known', () => {
  it('changes no judgement', () => {
    for (const [, evidence] of faultRows) {
      const { findings, pullable } = judge(evidence, says.gremlins);
      expect({ findings, pullable }).toEqual({
        findings: diagnose(evidence).findings,
        pullable: diagnose(evidence).pullable,
      });
    }
  });
});
