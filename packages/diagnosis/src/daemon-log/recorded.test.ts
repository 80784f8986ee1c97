import { describe, expect, it } from 'vitest';
import { type RecordedPull, readRecorded } from '../../test/daemon-log/recorded.ts';
import { readMessage } from '../message/read-message.ts';
import { canonical } from '../reference/names.ts';
import { parseReference } from '../reference/parse-reference.ts';
import { type HeardPull, pullsInLog } from './pulls-in-log.ts';

const recorded = readRecorded();
const daemonOf = ({ version, store }: RecordedPull) => `${version} ${store}`;
const byDaemon = Map.groupBy(recorded, daemonOf);
const label = (row: RecordedPull) => `${daemonOf(row)}: ${row.fault}`;

// How a staged host's daemon is set up: no mirror, and Docker's own insecure range.
const daemon = { mirrors: [], insecureRegistries: ['127.0.0.0/8'] };

function heardIn(lines: readonly string[]): HeardPull[] {
  const log = pullsInLog(daemon);
  return [...lines.flatMap((text) => log.add({ at: null, text }, 0)), ...log.settle(1_500)];
}

// The client of the pull before gave up meanwhile: these lines are of that pull.
const late = (row: RecordedPull) =>
  label(row) === '26.1.5 containerd: proxy opens TLS with its own CA' ? row.log.slice(0, 2) : [];

const ownPulls = (row: RecordedPull) => heardIn(row.log.filter((line) => !late(row).includes(line)));

/** Pulls that failed and that the log alone cannot tell of, with the reason. */
const silent: Record<string, { daemon: string; faults: string[] }[]> = {
  'The name is refused before anything is asked; answers below 500 leave no line.': [
    '20.10.24 graphdriver',
    '26.1.5 containerd',
    '26.1.5 graphdriver',
    '28.5.2 graphdriver',
  ].map((name) => ({
    daemon: name,
    faults: ['upper case in the name', 'scheme before the name', 'short digest'],
  })),
  'A local image of another platform stands in the way; no line is written.': [
    { daemon: '26.1.5 graphdriver', faults: ['platform asked for differs from single manifest'] },
  ],
  'containerd’s client writes nothing of a status other than 404, and this version of dockerd nothing of its answer.':
    [
      {
        daemon: '26.1.5 containerd',
        faults: [
          'wrong password, htpasswd',
          '403 DENIED, the standard sentence',
          '403 DENIED, own sentence',
          'ECR look-alike, expired password',
          'ECR look-alike, made-up password',
          'ECR look-alike, not allowed',
          '429 JSON',
          '429 plain text',
          '503 plain text',
          '503 JSON',
          '500 JSON',
          '502 HTML page',
          '401 without WWW-Authenticate',
        ],
      },
    ],
  'What fails after the manifest was read is told to the client alone.': [
    {
      daemon: '26.1.5 containerd',
      faults: [
        'platform not in index',
        'truncated blob',
        'truncated blob, no ranges',
        'blob missing',
        'layer not gzip',
      ],
    },
  ],
  'The only line warns of an unknown media type, which pulls that work warn of too.': [
    {
      daemon: '26.1.5 containerd',
      faults: [
        'captive portal, 200 HTML everywhere',
        'redirect to a login page',
        'manifest is a 200 HTML page',
      ],
    },
  ],
};

/** Failures that are heard, whose words do not tell the cause that was staged, with the reason. */
const causeUntold: Record<string, string[]> = {
  '"is before" is read as a clock that is off, before a certificate that is not valid yet.': [
    'certificate not yet valid',
  ],
  'A port that speaks no TLS is read as plain http, before a port that is no registry.': ['port speaks SSH'],
  'With containerd’s store the words of a proxy that hangs are those of a registry that hangs.': [
    'proxy does not answer',
  ],
};

describe('the recorded logs', () => {
  it('tell, of each daemon, this much', () => {
    const table = [...byDaemon].map(([name, rows]) => {
      const heard = rows.flatMap((row) => ownPulls(row).map((pull) => ({ row, pull })));
      const failed = heard.filter(({ pull }) => pull.outcome !== 'pulled');
      return {
        daemon: name,
        pulls: rows.length,
        withLines: rows.filter(({ log }) => log.length > 0).length,
        pulled: heard.length - failed.length,
        failed: failed.length,
        ofFailed: rows.filter(({ pulled }) => !pulled).length,
        reference: failed.filter(({ pull }) => pull.reference !== null).length,
        registryOnly: failed.filter(({ pull }) => pull.reference === null && pull.registry !== null).length,
        unnamed: failed.filter(({ pull }) => pull.registry === null).length,
        causeRight: failed.filter(isCauseRight).length,
      };
    });

    expect(table).toEqual([
      {
        daemon: '20.10.24 graphdriver',
        pulls: 96,
        withLines: 85,
        pulled: 0,
        failed: 83,
        ofFailed: 86,
        reference: 11,
        registryOnly: 31,
        unnamed: 41,
        causeRight: 81,
      },
      {
        daemon: '26.1.5 containerd',
        pulls: 96,
        withLines: 75,
        pulled: 11,
        failed: 61,
        ofFailed: 85,
        reference: 43,
        registryOnly: 15,
        unnamed: 3,
        causeRight: 58,
      },
      {
        daemon: '26.1.5 graphdriver',
        pulls: 96,
        withLines: 83,
        pulled: 0,
        failed: 82,
        ofFailed: 86,
        reference: 13,
        registryOnly: 31,
        unnamed: 38,
        causeRight: 80,
      },
      {
        daemon: '28.5.2 graphdriver',
        pulls: 96,
        withLines: 84,
        pulled: 0,
        failed: 82,
        ofFailed: 85,
        reference: 11,
        registryOnly: 31,
        unnamed: 40,
        causeRight: 80,
      },
    ]);
  });

  it('are silent about these failed pulls and no others', () => {
    const found = recorded.filter((row) => !row.pulled && ownPulls(row).length === 0).map(label);
    const known = Object.values(silent).flatMap((lists) =>
      lists.flatMap(({ daemon: name, faults }) => faults.map((fault) => `${name}: ${fault}`)),
    );
    expect(found.sort()).toEqual(known.sort());
  });

  it('tell causes that were not staged of these and no others', () => {
    const found = recorded.flatMap((row) =>
      ownPulls(row).some((pull) => pull.outcome !== 'pulled' && !isCauseRight({ row, pull }))
        ? [row.fault]
        : [],
    );
    expect([...new Set(found)].sort()).toEqual(Object.values(causeUntold).flat().sort());
  });

  it.each(recorded.filter((row) => ownPulls(row).length > 0).map((row) => [label(row), row] as const))(
    '%s is one pull of the right name',
    (_, row) => {
      const [pull, ...others] = ownPulls(row);
      expect(others).toEqual([]);
      if (!pull) return;
      const isGivenUp = row.fault === 'ping never answered' && row.store === 'containerd';
      expect(pull.outcome).toBe(row.pulled ? 'pulled' : isGivenUp ? 'stopped' : 'failed');
      expect(pull.message).not.toBe('');
      const image = parsed(row.image);
      const name = canonical(image);
      if (pull.reference !== null) expect(pull.reference).toBe(name);
      if (pull.registry !== null) expect(pull.registry).toBe(image.registry);
      if (pull.repository !== null) expect(pull.repository).toBe(image.repository);
      expect(Date.parse(pull.startedAt)).toBeLessThanOrEqual(Date.parse(pull.endedAt));
    },
  );

  it.each([...byDaemon])('%s: all lines in one stream are as many pulls', (_, rows) => {
    const ofEach = rows.flatMap((row) => [...heardIn(late(row)), ...ownPulls(row)]);
    const ofAll = heardIn(rows.flatMap(({ log }) => log));
    const shown = ({ outcome, reference, message, lines }: HeardPull) => ({
      outcome,
      reference,
      message,
      lines,
    });
    // The pulls that were never answered are told a second later than those that were.
    const sorted = (pulls: HeardPull[]) => pulls.map((pull) => JSON.stringify(shown(pull))).sort();
    expect(sorted(ofAll)).toEqual(sorted(ofEach));
  });

  it('have the lines of a client that gave up before the next pull', () => {
    const row = recorded.find((one) => late(one).length > 0);
    expect(heardIn(row?.log ?? []).map(({ outcome, reference }) => [outcome, reference])).toEqual([
      ['stopped', 'hang.viaproxy.test/ok/app:1'],
      ['failed', 'inspect.viaproxy.test/ok/app:1'],
    ]);
  });
});

function parsed(image: string) {
  const read = parseReference(image);
  if (!read.ok) throw new Error(`${image}: ${read.fault.what}`);
  return read.reference;
}

function isCauseRight({ row, pull }: { row: RecordedPull; pull: HeardPull }): boolean {
  const cause = readMessage(pull.message).causes[0]?.cause ?? '';
  return (row.causes ?? [row.cause]).includes(cause);
}
