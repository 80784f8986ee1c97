import http from 'node:http';
import { hostname } from 'node:os';
import { answerJson } from './registry-answer.ts';
import { type RecordedRequest, record } from './request-log.ts';

/** What the stand-in says about itself; anything not given is as a fresh dockerd on Linux says it. */
export interface StandInDaemonOptions {
  /** The unix socket to listen on; at most 107 bytes. */
  socket: string;
  architecture?: string;
  mirrors?: readonly string[];
  insecureRegistries?: readonly string[];
  httpsProxy?: string;
  noProxy?: string;
  /** How far its clock is off, in milliseconds. */
  clockOffsetMs?: number;
  /** What it answers to a pull: the text of an error after the download began, or success. */
  pullError?: string;
}

export interface StandInDaemon {
  socket: string;
  /** A value for DOCKER_HOST. */
  host: string;
  requests: RecordedRequest[];
  close(): Promise<void>;
}

/**
 * A program that answers like dockerd's API and can pull nothing: for rows and machines without root.
 *
 * It knows /_ping, /version, /info, /images/json, /containers/json, /images/create and /events (silent); with or
 * without a version in front. https://docs.docker.com/reference/api/engine/
 */
export async function startStandInDaemon(options: StandInDaemonOptions): Promise<StandInDaemon> {
  const requests: RecordedRequest[] = [];
  const server = http.createServer((request, response) => {
    record(requests, request);
    response.setHeader('api-version', '1.41');
    response.setHeader('server', 'Docker/20.10.24 (linux)');
    const path = (request.url ?? '').split('?')[0]?.replace(/^\/v1\.\d+(?=\/)/, '');
    switch (path) {
      case '/_ping':
        return void response.end('OK');
      case '/version':
        return answerJson(response, 200, version(options));
      case '/info':
        return answerJson(response, 200, info(options));
      case '/images/json':
      case '/containers/json':
        return answerJson(response, 200, []);
      case '/images/create':
        return answerPull(response, options.pullError);
      case '/events':
        return void response.writeHead(200).flushHeaders();
      default:
        return answerJson(response, 404, { message: 'page not found' });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.socket, resolve);
  });
  return {
    socket: options.socket,
    host: `unix://${options.socket}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function version({ architecture = 'amd64' }: StandInDaemonOptions) {
  return {
    Version: '20.10.24+dfsg1',
    ApiVersion: '1.41',
    MinAPIVersion: '1.12',
    Os: 'linux',
    Arch: architecture,
    KernelVersion: '6.1.0',
    GoVersion: 'go1.19.8',
    GitCommit: '5d6db84',
  };
}

function info(options: StandInDaemonOptions) {
  const { architecture = 'amd64', mirrors = [], insecureRegistries = [] } = options;
  const docker = { Name: 'docker.io', Mirrors: mirrors, Secure: true, Official: true };
  const named = insecureRegistries.map((name) => [
    name,
    { Name: name, Mirrors: [], Secure: false, Official: false },
  ]);
  return {
    ID: 'CLIN:ICST:ANDI:NDAE:MON0',
    Name: hostname(),
    ServerVersion: '20.10.24+dfsg1',
    OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    OSType: 'linux',
    Architecture: architecture === 'amd64' ? 'x86_64' : architecture === 'arm64' ? 'aarch64' : architecture,
    NCPU: 2,
    MemTotal: 4 * 1024 ** 3,
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', 'extfs']],
    DockerRootDir: '/var/lib/docker',
    IndexServerAddress: 'https://index.docker.io/v1/',
    HttpProxy: '',
    HttpsProxy: options.httpsProxy ?? '',
    NoProxy: options.noProxy ?? '',
    SecurityOptions: ['name=seccomp,profile=default'],
    RegistryConfig: {
      Mirrors: mirrors,
      InsecureRegistryCIDRs: ['127.0.0.0/8'],
      IndexConfigs: Object.fromEntries([['docker.io', docker], ...named]),
    },
    Labels: [],
    Warnings: null,
    SystemTime: new Date(Date.now() + (options.clockOffsetMs ?? 0)).toISOString(),
  };
}

/** A pull's answer is 200 and lines of JSON, also when it fails after the first byte. */
function answerPull(response: http.ServerResponse, error: string | undefined) {
  const last = error
    ? { errorDetail: { message: error }, error }
    : { status: 'Status: Downloaded newer image for stand-in:latest' };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    `${JSON.stringify({ status: 'Pulling from stand-in', id: 'latest' })}\r\n${JSON.stringify(last)}\r\n`,
  );
}
