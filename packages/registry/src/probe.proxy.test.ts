import { mkdtemp } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { startSshBanner } from '@pull-doctor/testkit/faulty/whole-hosts';
import { listen } from '@pull-doctor/testkit/http-listener';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { type ProxyMood, type ProxyServer, proxyLogin, startProxy } from '@pull-doctor/testkit/proxy-server';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { startTlsFront } from '@pull-doctor/testkit/tls-front';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noTrust, runProbe } from '../test/run-probe.ts';
import type { ProxySettings, TrustSettings } from './settings.ts';

const host = 'registry.example.org';
let certificates: Certificates;
let registry: RegistryServer;
let plain: RegistryServer;
let trust: TrustSettings;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  certificates = await makeCertificates([host]);
  const files = await writeCertificates(certificates, await mkdtemp(join(tmpdir(), 'registry-test-')));
  trust = { ...noTrust, certFile: files.bundle };
  const repositories = { 'a/b': { '1': singleManifestImage('proxied') } };
  registry = await startRegistry({ tls: certificates.good, repositories });
  plain = await startRegistry({ repositories });
  open.push(registry, plain);
});

afterAll(() => Promise.all(open.map((one) => one.close())));

async function proxyOf(mood: ProxyMood): Promise<ProxyServer> {
  const addresses = new Map([
    [host, { address: '127.0.0.1', port: registry.port }],
    [`${host}:8080`, { address: '127.0.0.1', port: plain.port }],
  ]);
  const proxy = await startProxy({ mood: () => mood, addresses, inspection: certificates.inspection });
  open.push(proxy);
  return proxy;
}

function using(value: string, noProxy: string | null = null): ProxySettings {
  return { httpProxy: value, httpsProxy: value, noProxy, source: 'daemon' };
}

describe('a proxy', () => {
  it('that works is passed, and resolves the name itself', async () => {
    const proxy = await proxyOf('works');
    const seen = await runProbe(`${host}/a/b:1`, { trust, proxies: using(proxy.url) });
    expect(seen.dns).toMatchObject({ how: 'left-to-proxy', addresses: [], failure: null });
    expect(seen.tcp).toMatchObject({ target: 'proxy', connectedTo: `127.0.0.1:${proxy.port}` });
    expect(seen.proxy).toMatchObject({
      use: 'used',
      source: 'daemon',
      scheme: 'http',
      connect: { answer: { status: 200 } },
    });
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
    expect(new Set(proxy.requests.map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set([`CONNECT ${host}:443`]),
    );
  });

  it('gets the login of its address, which is shown nowhere', async () => {
    const proxy = await proxyOf('wants login');
    const address = `http://${proxyLogin.user}:${proxyLogin.password}@127.0.0.1:${proxy.port}`;
    const seen = await runProbe(`${host}/a/b:1`, { trust, proxies: using(address) });
    expect(seen.proxy).toMatchObject({ hasLogin: true, failure: null });
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
    expect(JSON.stringify(seen)).not.toContain(proxyLogin.password);
  });

  it('whose login the daemon masks is asked without one', async () => {
    const proxy = await proxyOf('wants login');
    const seen = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using(`http://xxxxx:xxxxx@127.0.0.1:${proxy.port}`),
    });
    expect(seen.proxy).toMatchObject({
      hasLogin: true,
      failure: { code: 'proxy-login' },
      why: expect.stringContaining('hides'),
    });
  });

  it.each<[ProxyMood, string]>([
    ['wants login', 'proxy-login'],
    ['blocks', 'proxy-refused'],
    ['bad gateway', 'proxy-refused'],
    ['unavailable', 'proxy-refused'],
    ['resets', 'reset'],
    ['hangs', 'answer-timed-out'],
  ])('that %s fails as %s', async (mood, code) => {
    const proxy = await proxyOf(mood);
    const seen = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using(proxy.url),
      timeouts: { answerMs: 300 },
    });
    expect(seen.proxy?.failure).toMatchObject({ layer: 'proxy', code });
    expect(seen.tls).toBeUndefined();
  });

  it('that inspects TLS is suspected', async () => {
    const proxy = await proxyOf('inspects');
    const seen = await runProbe(`${host}/a/b:1`, { trust, proxies: using(proxy.url) });
    expect(seen.tls).toMatchObject({
      use: 'failed',
      failure: { code: 'untrusted' },
      interception: { suspected: true },
    });
    expect(seen.tls?.interception.why).toHaveLength(2);
  });

  it('that is down, and one whose name is not known, are not reached', async () => {
    const down = await runProbe(`${host}/a/b:1`, { trust, proxies: using('http://127.0.0.1:1') });
    expect(down.tcp).toMatchObject({ target: 'proxy', failure: { code: 'refused' } });
    expect(down.proxy?.failure).toMatchObject({ layer: 'proxy', code: 'proxy-unreachable' });
    const resolving = {
      lookup: () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
      servers: [],
    };
    const lost = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using('http://proxy.invalid:3128'),
      resolving,
    });
    expect(lost.tcp).toMatchObject({ target: 'proxy', failure: { layer: 'dns', code: 'name-not-found' } });
    expect(lost.proxy?.failure?.code).toBe('proxy-unreachable');
  });

  it('that speaks plain http behind an https:// address is told', async () => {
    const proxy = await proxyOf('works');
    const seen = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using(`https://127.0.0.1:${proxy.port}`),
    });
    expect(seen.proxy).toMatchObject({ scheme: 'https', failure: { code: 'proxy-protocol' } });
  });

  it('that really speaks https is passed', async () => {
    const proxy = await proxyOf('works');
    const front = await startTlsFront(certificates.good, proxy, {});
    open.push(front);
    const seen = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using(`https://127.0.0.1:${front.port}`),
    });
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
  });

  it('that is none is told', async () => {
    const ssh = await startSshBanner({});
    open.push(ssh);
    const seen = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using(`http://${ssh.host}`),
      timeouts: { answerMs: 500 },
    });
    expect(seen.proxy?.failure?.layer).toBe('proxy');
    expect(['proxy-protocol', 'reset', 'closed']).toContain(seen.proxy?.failure?.code);
  });

  it('takes requests for plain http in absolute form', async () => {
    const proxy = await proxyOf('works');
    const seen = await runProbe(`${host}:8080/a/b:1`, { trust, insecure: true, proxies: using(proxy.url) });
    expect(seen.tls?.use).toBe('plain-http');
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
    expect(proxy.requests.some(({ path }) => path === `http://${host}:8080/v2/a/b/manifests/1`)).toBe(true);
  });

  it('is gone around where NO_PROXY says so', async () => {
    const seen = await runProbe(`${registry.host}/a/b:1`, { trust, proxies: using('http://127.0.0.1:1') });
    expect(seen.proxy).toMatchObject({ use: 'bypassed', why: expect.stringContaining('Loopback') });
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
  });
});

describe('the other way out', () => {
  it('is tried where the daemon has no proxy, the way is closed, and Pull Doctor has one', async () => {
    const proxy = await proxyOf('works');
    const resolving = {
      lookup: async (name: string) =>
        name === host
          ? Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
          : [{ address: name, family: 4 as const }],
      servers: [],
    };
    const seen = await runProbe(`${host}/a/b:1`, { trust, ownProxies: using(proxy.url), resolving });
    expect(seen.dns?.failure?.code).toBe('name-not-found');
    expect(seen.proxy).toMatchObject({ use: 'none', otherVantage: { reached: true } });
  });

  it('is named and not tried where the daemon gets through', async () => {
    const proxy = await proxyOf('works');
    const seen = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using(proxy.url),
      ownProxies: using('http://127.0.0.1:1'),
    });
    expect(seen.proxy?.otherVantage).toMatchObject({ reached: null });
  });
});

describe('connections', () => {
  it('that are refused are told as that, for every address', async () => {
    const refused = await runProbe('127.0.0.1:1/a/b:1', { trust });
    expect(refused.tcp).toMatchObject({
      connectedTo: null,
      failure: { layer: 'tcp', code: 'refused' },
      plainHttp: null,
    });
    const hostName = 'many.example.org';
    const resolving = {
      lookup: async () => [
        { address: '127.0.0.1', family: 4 as const },
        { address: '::1', family: 6 as const },
      ],
      servers: [],
    };
    const both = await runProbe(`${hostName}:1/a/b:1`, { trust, resolving });
    expect(both.tcp?.tried.map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  });

  it('leave nothing open behind', async () => {
    const before = process
      .getActiveResourcesInfo()
      .filter((name) => name === 'TCPSocketWrap' || name === 'TLSWrap').length;
    let connections = 0;
    const counting = net.createServer((socket) => {
      connections += 1;
      socket.on('close', () => (connections -= 1));
      socket.on('error', () => {});
      socket.resume();
    });
    const listening = await listen(counting, {});
    await runProbe(`${listening.host}/a/b:1`, { trust, timeouts: { handshakeMs: 100, answerMs: 100 } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(connections).toBe(0);
    await listening.close();
    const after = process
      .getActiveResourcesInfo()
      .filter((name) => name === 'TCPSocketWrap' || name === 'TLSWrap').length;
    expect(after).toBeLessThanOrEqual(before);
  });
});

describe('a SOCKS 5 proxy', () => {
  /** As much of RFC 1928 as a client needs: with or without a login, and every host is the registry. */
  async function socksProxy(login: { user: string; password: string } | null, reply = 0) {
    const names: string[] = [];
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      let step = 'greeting';
      socket.on('data', function onData(data) {
        if (step === 'greeting') {
          step = login ? 'login' : 'request';
          return void socket.write(Buffer.from([5, login ? 2 : 0]));
        }
        if (step === 'login') {
          step = 'request';
          const userEnd = 2 + (data[1] ?? 0);
          const isRight =
            data.subarray(2, userEnd).toString() === login?.user &&
            data.subarray(userEnd + 1).toString() === login?.password;
          return void socket.write(Buffer.from([1, isRight ? 0 : 1]));
        }
        names.push(data.subarray(5, 5 + (data[4] ?? 0)).toString());
        socket.removeListener('data', onData);
        if (reply !== 0) return void socket.end(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
        const upstream = net.connect(registry.port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
          socket.pipe(upstream).pipe(socket);
        });
        socket.on('close', () => upstream.destroy());
        upstream.on('error', () => socket.destroy());
      });
    });
    const listening = await listen(server, {});
    open.push(listening);
    return { ...listening, names };
  }

  it('is passed, and gets the name', async () => {
    const socks = await socksProxy(null);
    const seen = await runProbe(`${host}/a/b:1`, { trust, proxies: using(`socks5://${socks.host}`) });
    expect(seen.proxy).toMatchObject({ use: 'used', scheme: 'socks5', failure: null });
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
    expect(new Set(socks.names)).toEqual(new Set([host]));
  });

  it.each([
    ['with its login', 'socks5://desk:desk-pass@', 0, null],
    ['with a wrong login', 'socks5://desk:other-pass@', 0, 'proxy-login'],
    ['without a login', 'socks5://', 0, 'proxy-login'],
    ['that does not allow it', 'socks5://desk:desk-pass@', 2, 'proxy-refused'],
  ])('%s', async (_, address, reply, code) => {
    const socks = await socksProxy(proxyLogin, reply);
    const seen = await runProbe(`${host}/a/b:1`, { trust, proxies: using(`${address}${socks.host}`) });
    expect(seen.proxy?.failure?.code ?? null).toBe(code);
    expect(JSON.stringify(seen)).not.toContain('desk-pass');
  });

  it('that is none is told', async () => {
    const proxy = await proxyOf('works');
    const seen = await runProbe(`${host}/a/b:1`, {
      trust,
      proxies: using(`socks5://127.0.0.1:${proxy.port}`),
    });
    expect(seen.proxy?.failure).toMatchObject({ layer: 'proxy', code: 'proxy-protocol' });
  });
});
