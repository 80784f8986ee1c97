import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { type Handler, listenHttp } from '@pull-doctor/testkit/http-listener';
import { ghcr, ghcrLogins } from '@pull-doctor/testkit/look-alikes/ghcr';
import { gitHubApi } from '@pull-doctor/testkit/look-alikes/issuer-apis';
import { startProxy } from '@pull-doctor/testkit/proxy-server';
import { manifestGets, type RecordedRequest, record } from '@pull-doctor/testkit/request-log';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuerEnds } from '../src/features/registries/issuer-ends.ts';
import { startBoard } from './registries-board.ts';

describe('what issuers told', () => {
  const told = { endsAt: '2027-03-02T00:00:00.000Z', never: false, says: 'It ends.' };
  const never = { endsAt: null, never: true, says: 'It has none.' };
  const failed = { endsAt: null, never: false, says: 'It did not answer.' };
  const minutes = (count: number) => count * 60_000;

  /** Asks for the end at these minutes; what came of it, and how often the issuer was asked. */
  async function over(times: readonly number[], answers: readonly (typeof told | typeof never)[]) {
    let at = 0;
    let asked = 0;
    const ends = issuerEnds(() => at);
    const got = [];
    for (const time of times) {
      at = minutes(time);
      got.push(
        await ends.of('a row', async () => {
          asked += 1;
          return answers[asked - 1] ?? null;
        }),
      );
    }
    return { got, asked };
  }

  it('is asked for again after an hour, and not before', async () => {
    expect(await over([0, 5, 59], [told, never])).toEqual({ got: [told, told, told], asked: 1 });
    expect(await over([0, 60], [told, never])).toEqual({ got: [told, never], asked: 2 });
  });

  it('is asked for again after a quarter of an hour where that failed', async () => {
    expect(await over([0, 14], [failed, told])).toEqual({ got: [failed, failed], asked: 1 });
    expect(await over([0, 15], [failed, told])).toEqual({ got: [failed, told], asked: 2 });
  });

  it('stays where the issuer does not tell any more', async () => {
    expect(await over([0, 60, 74, 75], [told, failed, never])).toEqual({
      got: [told, told, told, never],
      asked: 3,
    });
  });

  it('is nothing where the asking was cut off, and is asked for the next time', async () => {
    const ends = issuerEnds(() => 0);
    expect(await ends.of('a', async () => undefined)).toBeNull();
    expect(await ends.of('a', async () => told)).toEqual(told);
  });

  it('is known while nobody may be asked, and of no other row', async () => {
    const ends = issuerEnds(() => 0);
    expect(await ends.of('a', null)).toBeNull();
    await ends.of('a', async () => told);
    expect(await ends.of('a', null)).toEqual(told);
    expect(await ends.of('b', null)).toBeNull();
  });
});

describe('a check of ghcr.io', () => {
  const api: RecordedRequest[] = [];
  const registry: RecordedRequest[] = [];
  const closing: { close(): Promise<void> }[] = [];
  const { reader, revoked } = ghcrLogins;
  const other = 'ghp_other0000000000000000000000000000000';
  let environment: Record<string, string>;

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'pdi-'));
    const certificates = await makeCertificates(['ghcr.io', 'api.github.com']);
    const files = await writeCertificates(certificates, path.join(folder, 'certs'));
    const serve = async (handler: Handler, log: RecordedRequest[]) => {
      const listening = await listenHttp(
        (request, response) => {
          record(log, request);
          handler(request, response);
        },
        { tls: certificates.good },
      );
      closing.push(listening);
      return listening;
    };
    const knows = { [reader.password]: '2027-10-07 19:07:53 UTC', [revoked.password]: null };
    const addresses = new Map([
      ['ghcr.io', await serve(ghcr(), registry)],
      ['api.github.com', await serve(gitHubApi(knows), api)],
    ]);
    const proxy = await startProxy({ addresses });
    closing.push(proxy);
    environment = { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: files.bundle };
  });
  beforeEach(() => {
    api.length = 0;
    registry.length = 0;
  });
  afterAll(() => Promise.all(closing.map((one) => one.close())));

  async function withLogin<Value>(
    password: string,
    use: (board: Awaited<ReturnType<typeof startBoard>>) => Promise<Value>,
  ): Promise<Value> {
    const folder = await mkdtemp(path.join(tmpdir(), 'pdi-'));
    const board = await startBoard(folder, configWith(password), {}, { environment });
    try {
      return await use(board);
    } finally {
      await board.close();
    }
  }

  function configWith(password: string) {
    const auth = Buffer.from(`octo:${password}`).toString('base64');
    return { auths: { 'ghcr.io': { auth } } };
  }

  it('asks GitHub for the end of an accepted token, once for several checks', {
    timeout: 40_000,
  }, async () => {
    await withLogin(reader.password, async (board) => {
      const first = await board.check('ghcr.io');
      expect(first.evidence).toMatchObject({
        token: { login: { outcome: 'accepted' } },
        issuerEnd: { endsAt: '2027-10-07T19:07:53.000Z', never: false },
      });
      expect(first.row).toMatchObject({
        status: 'ok',
        end: { state: 'ends', endsAt: '2027-10-07T19:07:53.000Z', from: 'registry' },
      });
      const second = await board.check('ghcr.io');
      expect(second.evidence?.issuerEnd).toEqual(first.evidence?.issuerEnd);
      expect(api.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /user']);
      expect(JSON.stringify([first, second])).not.toContain(reader.password);
      expect(manifestGets(registry)).toBe(0);
    });
  });

  it('does not ask about a token that the registry refuses', { timeout: 40_000 }, async () => {
    await withLogin(revoked.password, async (board) => {
      const { evidence } = await board.check('ghcr.io');
      expect(evidence).toMatchObject({ token: { login: { outcome: 'refused' } } });
      expect(evidence?.issuerEnd).toBeUndefined();
      expect(api).toEqual([]);
    });
  });

  it('does not ask about what is no token of GitHub', { timeout: 40_000 }, async () => {
    await withLogin('hunter22', async (board) => {
      expect((await board.check('ghcr.io')).evidence?.issuerEnd).toBeUndefined();
      expect(api).toEqual([]);
    });
  });

  it('does not say of another token what was told of the first', {
    timeout: 40_000,
  }, async () => {
    await withLogin(reader.password, async (board) => {
      await board.check('ghcr.io');
      board.writeConfig(configWith(other));
      // What was read of the configuration counts for a second.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const { evidence } = await board.check('ghcr.io');
      expect(evidence).toMatchObject({ token: { login: { outcome: 'refused' } } });
      expect(evidence?.issuerEnd).toBeUndefined();
    });
  });
});
