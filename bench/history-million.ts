import { createHash, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { readMessage } from '@pull-doctor/diagnosis/message/read-message';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const perMillisecond = 2048;
const days = 89;

const registries = [
  'ghcr.io',
  'docker.io',
  'quay.io',
  'registry.acme.dev',
  '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
];
const clients = ['docker pull', 'compose', 'GitHub Actions', 'GitLab CI'];
const messages = [
  (image: string) =>
    `Error response from daemon: pull access denied for ${image}, repository does not exist or may require 'docker login'`,
  (image: string) =>
    `Error response from daemon: manifest for ${image} not found: manifest unknown: manifest unknown`,
  () =>
    'Error response from daemon: Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 10.0.0.2:53: no such host',
  () => 'Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit.',
  (image: string) =>
    `failed to resolve reference "${image}": unexpected status from HEAD request: 503 Service Unavailable, request ${randomBytes(8).toString('hex')}`,
  () => 'write /var/lib/docker/tmp/GetImageBlob123: no space left on device',
];

/** One who pulls one image again and again: what the attempts of a company are made of. */
interface Puller {
  hostId: string;
  registry: string;
  repository: string;
  user: string;
  client: string;
  door: string;
  /** Each builds another version that often. */
  tagHours: number;
}

/**
 * Fills an empty database of Pull Doctor with attempts of the last 89 days, one in ten failed, as its own intake would
 * have written them: 2,000 who pull, of whom some pull much more often, on 20 hosts; versions that change; messages of
 * which a sixth are all different.
 */
export function fillHistory(file: string, count: number, nowMs: number): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF; BEGIN');
  const { id: here } = db.prepare('SELECT id FROM DockerHost ORDER BY id LIMIT 1').get() as { id: string };
  const hosts = [here, ...Array.from({ length: 19 }, (_, index) => idOf(nowMs, `HST${index}`))];
  const addHost = db.prepare('INSERT INTO DockerHost (id, name, firstSeenAt) VALUES (?, ?, ?)');
  for (const [index, id] of hosts.entries()) if (index > 0) addHost.run(id, `node-${index}`, stored(nowMs));
  const pullers = Array.from({ length: 2000 }, (_, index) => pullerOf(index, hosts));

  const addKind =
    db.prepare(`INSERT INTO PullKind (hostId, registry, repository, outcome, cause, door, user, client, fingerprint, print, uses)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`);
  const addText = db.prepare('INSERT INTO PullText (text, print, uses) VALUES (?, ?, 0)');
  const addAttempt =
    db.prepare(`INSERT INTO PullAttempt (seq, id, hostId, reference, registry, repository, tag, user, client, door, doors, outcome,
    cause, certainty, message, startedAt, tookMs, bytes, fingerprint, key, kindId, textId)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const kinds = new Map<string, { id: number; uses: number }>();
  const texts = new Map<string, { id: number; uses: number }>();
  const once = (
    found: Map<string, { id: number; uses: number }>,
    name: string,
    add: () => { lastInsertRowid: number | bigint },
  ) => {
    const one = found.get(name) ?? { id: Number(add().lastInsertRowid), uses: 0 };
    one.uses += 1;
    found.set(name, one);
    return one.id;
  };

  for (let n = 0; n < count; n += 1) {
    const at = Math.floor(nowMs - days * dayMs + (n * (days * dayMs - hourMs)) / count);
    // The square makes those of low numbers pull most.
    const one = pullers[Math.floor(Math.random() ** 2 * pullers.length)] as Puller;
    const tag = `1.${Math.floor(at / hourMs / one.tagHours)}`;
    const reference = `${one.registry}/${one.repository}:${tag}`;
    const hasFailed = n % 10 === 3;
    const message = hasFailed
      ? (messages[Math.floor(Math.random() * messages.length)] as (typeof messages)[0])(reference)
      : null;
    const read = message === null ? null : causeOf(message);
    const outcome = hasFailed ? 'failed' : 'pulled';
    const print = read && fingerprint([read.cause, one.registry, one.repository, one.hostId]);
    const facets = [
      one.hostId,
      one.registry,
      one.repository,
      outcome,
      read?.cause ?? null,
      one.door,
      one.user,
      one.client,
      print,
    ];
    const kindName = JSON.stringify(facets);
    const kindId = once(kinds, kindName, () => addKind.run(...facets, hash(kindName)));
    const text = [reference, one.user, message ?? ''].join('\u0001');
    const textId = once(texts, text, () => addText.run(text, hash(text)));
    const id = idOf(at, n.toString(32));
    const times = [
      stored(at),
      400 + Math.floor(Math.random() * 60_000),
      hasFailed ? null : 50_000_000 + n,
    ] as const;
    addAttempt.run(
      ...[
        at * perMillisecond,
        id,
        one.hostId,
        reference,
        one.registry,
        one.repository,
        tag,
        one.user,
        one.client,
      ],
      ...[
        one.door,
        one.door,
        outcome,
        read?.cause ?? null,
        read?.certainty ?? null,
        message,
        ...times,
        print,
      ],
      ...[`million-${n}`, kindId, textId],
    );
  }
  const setKind = db.prepare('UPDATE PullKind SET uses = ? WHERE id = ?');
  for (const { id, uses } of kinds.values()) setKind.run(uses, id);
  const setText = db.prepare('UPDATE PullText SET uses = ? WHERE id = ?');
  for (const { id, uses } of texts.values()) setText.run(uses, id);
  db.exec(`
    INSERT INTO PullTextIndex (rowid, text) SELECT id, text FROM PullText ORDER BY id;
    INSERT INTO PullHour SELECT seq / ${perMillisecond * hourMs}, hostId, registry, outcome, coalesce(cause, ''), door, count(*)
      FROM PullAttempt GROUP BY 1, 2, 3, 4, 5, 6;
    INSERT INTO PullFailure (fingerprint, hostId, registry, repository, cause, certainty, count, firstSeenAt, lastSeenAt, lastAttemptId,
      cameBack, imageCount, fixedAt, fixedBy, fixedAttemptId)
      SELECT fingerprint, hostId, registry, repository, cause, certainty, count(*), min(startedAt), max(startedAt), max(id), 1,
        count(DISTINCT reference), NULL, NULL, NULL FROM PullAttempt WHERE fingerprint IS NOT NULL GROUP BY 1;
    INSERT INTO PullFailurePart SELECT fingerprint, 'image', reference, count(*), max(startedAt)
      FROM PullAttempt WHERE fingerprint IS NOT NULL GROUP BY 1, 3;
    INSERT INTO PullFailurePart SELECT fingerprint, 'user', user, count(*), max(startedAt)
      FROM PullAttempt WHERE fingerprint IS NOT NULL GROUP BY 1, 3;
    INSERT INTO PullFailurePart SELECT fingerprint, 'text', textId, count(*), max(startedAt)
      FROM PullAttempt WHERE fingerprint IS NOT NULL GROUP BY 1, 3;
    INSERT INTO PullFailureHour SELECT fingerprint, seq / ${perMillisecond * hourMs}, count(*)
      FROM PullAttempt WHERE fingerprint IS NOT NULL GROUP BY 1, 2;
    CREATE TEMP TABLE Worked AS SELECT f.fingerprint, min(a.seq) AS seq FROM PullFailure f JOIN PullKind k
      ON k.hostId = f.hostId AND k.registry = f.registry AND k.repository = f.repository AND k.outcome = 'pulled'
      JOIN PullAttempt a ON a.kindId = k.id WHERE a.startedAt > f.lastSeenAt GROUP BY 1;
    UPDATE PullFailure SET fixedAt = a.startedAt, fixedBy = 'a pull of ' || a.reference, fixedAttemptId = a.id
      FROM Worked w JOIN PullAttempt a ON a.seq = w.seq WHERE w.fingerprint = PullFailure.fingerprint;
    COMMIT;
    PRAGMA wal_checkpoint(TRUNCATE);
  `);
  db.close();
}

const causes = new Map<string, { cause: string; certainty: string }>();

function causeOf(message: string): { cause: string; certainty: string } {
  const form = message.replace(/\d/g, '').slice(0, 40);
  const known = causes.get(form) ??
    readMessage(message).causes[0] ?? { cause: 'unknown', certainty: 'guess' };
  causes.set(form, known);
  return known;
}

function pullerOf(index: number, hosts: string[]): Puller {
  const repository = index % 300;
  return {
    hostId: hosts[Math.floor(index / 100) % hosts.length] as string,
    registry: registries[repository % registries.length] as string,
    repository: `acme/service-${repository}`,
    user: `user-${Math.floor(index / 7) % 40}`,
    client: clients[index % clients.length] as string,
    door: index % 3 === 0 ? 'daemon-log' : 'report',
    tagHours: 4 + (index % 48),
  };
}

function fingerprint(parts: (string | null)[]): string {
  return `v1:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)}`;
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}

function stored(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

/** As a ULID sorts: the time in ten characters, then what tells it from others. */
function idOf(ms: number, rest: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  let time = '';
  for (let left = ms, place = 0; place < 10; place += 1, left = Math.floor(left / 32))
    time = (alphabet[left % 32] as string) + time;
  return (
    time +
    rest
      .toUpperCase()
      .replace(/[ILOU]/g, 'Z')
      .padStart(16, '0')
  );
}
