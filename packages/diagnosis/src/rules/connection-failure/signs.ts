import { deadline, digestDiffers } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    // Not a name server, which listens on port 53; that of a proxy is excluded by its own phrase.
    says: /dial tcp4?6?[^\n]{0,80}?(?<!:53): (?:connect: |connectex: |getsockopt: )?(?:connection refused|no route to host|network is unreachable|i\/o timeout|connection timed out|operation timed out|host is down|cannot assign requested address|permission denied|a connection attempt failed|no connection could be made|a socket operation was attempted|network is down)/,
    means: 'No connection to this address came about.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://closed.lab.test/v2/": dial tcp 10.77.0.19:443: connect: connection refused',
    weight: 'proves',
  },
  {
    says: /tls handshake timeout|error parsing http 408 response body|\b408 request time-?out/,
    means: 'The connection was taken and the other side then said nothing.',
    seenIn: 'dockerd, containerd',
    line: 'Get "https://silent.lab.test/v2/": net/http: TLS handshake timeout',
    weight: 'proves',
    excludes: ['not-a-registry'],
  },
  {
    says: /read: connection reset by peer|write: broken pipe|wsarecv: |forcibly closed by the remote host|read: connection timed out|read: operation timed out|use of closed network connection/,
    means: 'The other side, or somebody on the path, cut the connection.',
    seenIn: 'dockerd, containerd',
    line: 'Head "https://fault.lab.test/v2/reset/app/manifests/1": read tcp 10.77.0.18:36352->10.77.0.18:443: read: connection reset by peer',
    weight: 'proves',
  },
  {
    says: /read tcp \S{1,150}: (?:i\/o timeout|read: )|read udp \S{1,150}(?<!:53): i\/o timeout/,
    means: 'An answer was waited for and did not come.',
    seenIn: 'dockerd, containerd',
    line: 'failed to copy: read tcp 10.0.0.5:53122->104.18.121.25:443: i/o timeout',
    weight: 'proves',
  },
  {
    says: /\b(?:econnrefused|econnreset|etimedout|ehostunreach|enetunreach)\b(?! ?\/|[^\n]{0,40}docker\.sock)|connection refused \(connection refused\)|connectexception: connection refused|connect timed out|connecttimeouterror|read timed out/,
    means: 'No connection to this address came about.',
    seenIn: 'clients in JavaScript, Java and Python',
    line: 'Error: connect ETIMEDOUT 104.18.122.25:443',
    weight: 'proves',
    excludes: [],
  },
  {
    says: /requesterror: send request failed|request send failed|connection to (?:the )?registry (?:failed|timed out)|there is a connection issue between/,
    means: 'The request to the cloud’s API did not get through.',
    seenIn: 'ECS, AWS SDKs',
    line: 'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post https://api.ecr....',
    weight: 'proves',
  },
  {
    ...deadline,
    means: 'The time was over before an answer came.',
    weight: 'fits',
  },
  {
    says: /(?:": |\bdaemon: |\/: |\d: |: )(?:unexpected )?eof(?:"|\)|'|`|\.|$)|expected number of bytes: unexpected eof/m,
    means: 'The other side ended the connection without an answer, or in the middle of one.',
    seenIn: 'dockerd, containerd',
    line: 'Error response from daemon: Get "https://registry-1.docker.io/v2/": EOF',
    weight: 'fits',
  },
  {
    says: /^unexpected eof$/m,
    means: 'The stream of a layer broke off.',
    seenIn: 'dockerd',
    line: 'unexpected EOF',
    weight: 'proves',
  },
  {
    says: /expected http 206 from byte range request/,
    means: 'A download broke off, and what answered the second try does not go on where it ended.',
    seenIn: 'dockerd',
    line: 'expected HTTP 206 from byte range request',
    weight: 'proves',
  },
  {
    says: /stream error: stream id \d{1,10}; internal_error|http2: (?:server sent goaway|client connection lost)|http2: timeout awaiting/,
    means: 'The connection broke in the middle of a transfer.',
    seenIn: 'dockerd, containerd',
    line: 'error pulling image configuration: stream error: stream ID 5; INTERNAL_ERROR',
    weight: 'fits',
  },
  {
    says: /server misbehaving|context canceled/,
    means: 'The request was given up before it was answered.',
    seenIn: 'containerd',
    line: 'failed to copy: httpReadSeeker: failed open: failed to do request: context canceled',
    weight: 'allows',
  },
  {
    ...digestDiffers,
    means: 'What arrived is not what was asked for; something on the path may have changed or cut it.',
    weight: 'allows',
  },
];
