import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CertificateFiles, makeCertificates, writeCertificates } from '../certificates.ts';
import { startDnsServer } from '../dns-server.ts';
import { startBlackhole } from '../faulty/blackhole.ts';
import { startMuteServer, startSshBanner } from '../faulty/whole-hosts.ts';
import { type ListenAt, type Listening, listenHttp } from '../http-listener.ts';
import { type ProxyServer, startProxy } from '../proxy-server.ts';
import { type RecordedRequest, record } from '../request-log.ts';
import { startTlsFront } from '../tls-front.ts';
import { startTokenServer, type TokenServer } from '../token-server.ts';
import { closedAddress, domain, namesOf, namespaceAddress, octets, proxiedMoods, webHosts } from './hosts.ts';
import { type Registries, startRegistries } from './registries.ts';

export type Place = 'anywhere' | 'namespace';

/** Everything that listens for the rows of the table, except docker daemons. */
export interface StageServers {
  certificates: CertificateFiles;
  registries: Registries;
  tokenServer: TokenServer;
  proxy: ProxyServer;
  /** Placeholder -> "127.0.0.1:PORT" of plain http. */
  addresses: Map<string, string>;
  /** Every request to hosts that are not registries of their own, by the host's key. */
  requests: Map<string, RecordedRequest[]>;
  close(): Promise<void>;
}

/** Starts all servers. In a namespace they also listen at 10.77.0.x:443, and names lead there. */
export async function startServers(place: Place, folder: string): Promise<StageServers> {
  const open: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(server: T): T => {
    open.push(server);
    return server;
  };
  const tlsAt = (octet: number): ListenAt =>
    place === 'namespace' ? { address: namespaceAddress(octet), port: 443 } : {};

  const hosts = webHosts();
  const certificates = await makeCertificates(certifiedNames(), Object.values(octets).map(namespaceAddress));
  const files = await writeCertificates(certificates, join(folder, 'certs'));
  const loopbackTokenServer = keep(
    await startTokenServer({ signer: certificates.tokenSigner, tls: certificates.good }),
  );
  const registries = await startRegistries(
    join(folder, 'registries'),
    certificates,
    files,
    loopbackTokenServer,
    `https://login.${domain}/token`,
  );
  for (const server of [registries.open, registries.basic, registries.token, registries.tokenByName])
    keep(server);

  const addresses = new Map([
    ['open', registries.open.host],
    ['basic', registries.basic.host],
    ['token', registries.token.host],
    ['closed', closedAddress],
    ['dropped', keep(await startBlackhole({})).host],
  ]);
  const byName = new Map<string, Listening>();
  const requests = new Map<string, RecordedRequest[]>();
  for (const host of hosts) {
    const log: RecordedRequest[] = [];
    requests.set(host.key, log);
    const handler: typeof host.handler = (request, response) => {
      record(log, request);
      host.handler(request, response);
    };
    addresses.set(host.key, keep(await listenHttp(handler, {})).host);
    const listening =
      host.tls === 'none'
        ? await listenHttp(handler, {
            ...tlsAt(host.octet),
            ...(place === 'namespace' ? { port: 5000 } : {}),
          })
        : await listenHttp(handler, { ...tlsAt(host.octet), tls: host.tls(certificates) });
    keep(listening);
    for (const name of namesOf(host)) byName.set(name, listening);
    if (host.key === 'proxied')
      for (const mood of Object.keys(proxiedMoods)) byName.set(`${mood}.proxied.test`, listening);
  }
  const front = async (key: 'basic' | 'token' | 'login', behind: Listening) => {
    byName.set(`${key}.${domain}`, keep(await startTlsFront(certificates.good, behind, tlsAt(octets[key]))));
  };
  await front('basic', registries.basic);
  await front('token', registries.tokenByName);
  const plainTokenServer = keep(await startTokenServer({ signer: certificates.tokenSigner }));
  await front('login', plainTokenServer);
  byName.set(`mute.${domain}`, keep(await startMuteServer(tlsAt(octets.mute))));
  byName.set(`ssh.${domain}`, keep(await startSshBanner(tlsAt(octets.ssh))));

  const proxy = keep(
    await startProxy({
      addresses: byName,
      mood: (name) =>
        proxiedMoods[name.replace(/\.proxied\.test$/, '') as keyof typeof proxiedMoods] ?? 'works',
      inspection: certificates.inspection,
    }),
  );
  if (place === 'namespace') {
    keep(await startBlackhole({ address: namespaceAddress(octets.dropped), port: 443 }));
    keep(await startNames(byName));
    await trustBasicRegistry(files.authority);
  }
  return {
    certificates: files,
    registries,
    tokenServer: loopbackTokenServer,
    proxy,
    addresses,
    requests,
    close: async () => {
      await Promise.all(open.map((server) => server.close()));
    },
  };
}

/** Names of ours from the name server, names of vendors from /etc/hosts: clients have to look at both. */
async function startNames(byName: Map<string, Listening>) {
  const isOurs = (name: string) => name.endsWith(`.${domain}`);
  const all = [...byName].map(([name, { address }]) => [name, address] as const);
  const vendors = all.filter(
    ([name]) => !isOurs(name) && !name.endsWith('.proxied.test') && !/^[\d.]+$/.test(name),
  );
  await writeFile(
    '/etc/hosts',
    `127.0.0.1 localhost\n${vendors.map(([name, at]) => `${at} ${name}\n`).join('')}`,
  );
  return startDnsServer(
    {
      addresses: new Map([
        ...all.filter(([name]) => isOurs(name)),
        [`closed.${domain}`, namespaceAddress(octets.closed)],
        [`dropped.${domain}`, namespaceAddress(octets.dropped)],
        [`noroute.${domain}`, '10.77.9.1'],
      ]),
      failing: [`servfail.${domain}`],
      silent: [`silent.${domain}`],
    },
    { address: namespaceAddress(octets.nameServer), port: 53 },
  );
}

/** One registry is trusted by certs.d, as its documentation tells people to; the others by SSL_CERT_FILE. */
async function trustBasicRegistry(authorityFile: string): Promise<void> {
  const folder = `/etc/docker/certs.d/basic.${domain}`;
  await mkdir(folder, { recursive: true });
  await copyFile(authorityFile, join(folder, 'ca.crt'));
}

function certifiedNames(): string[] {
  const extra = ['basic', 'token', 'login', 'mute'].map((key) => `${key}.${domain}`);
  // cnonly's name first: it becomes the common name of the certificate that has nothing else
  return [
    ...new Set([`cnonly.${domain}`, ...webHosts().flatMap(namesOf), ...extra, '*.proxied.test']),
  ].filter((name) => !/^[\d.]+$/.test(name));
}
