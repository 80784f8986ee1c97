import dgram from 'node:dgram';
import { decode, encode } from 'dns-packet';

/** What the name server knows. Names are matched without regard to case; a suffix matches everything below it. */
export interface DnsZone {
  addresses: Map<string, string>;
  /** Everything that ends so is answered SERVFAIL. */
  failing?: readonly string[];
  /** Everything that ends so is not answered at all. */
  silent?: readonly string[];
}

export interface DnsServer {
  address: string;
  port: number;
  /** Names that were asked for, with the type: "basic.clinic.test A". */
  questions: string[];
  close(): Promise<void>;
}

const recursionAvailable = 0x80;
const authoritative = 0x400;
const servfail = 2;
const nxdomain = 3;

/** Starts a name server on UDP (RFC 1035). It has IPv4 addresses only: AAAA of a known name is an empty answer. */
export async function startDnsServer(
  zone: DnsZone,
  { address = '127.0.0.1', port = 0 }: { address?: string; port?: number } = {},
): Promise<DnsServer> {
  const questions: string[] = [];
  const socket = dgram.createSocket('udp4');
  socket.on('message', (message, peer) => {
    const query = decode(message);
    const question = query.questions?.[0];
    if (!question) return;
    const name = question.name.toLowerCase();
    questions.push(`${name} ${question.type}`);
    if (endsIn(name, zone.silent)) return;
    const known = zone.addresses.get(name);
    const code = endsIn(name, zone.failing) ? servfail : known === undefined ? nxdomain : 0;
    const isAnswered = known !== undefined && question.type === 'A';
    const answer = encode({
      ...(query.id === undefined ? {} : { id: query.id }),
      type: 'response',
      flags: authoritative | recursionAvailable | code,
      questions: [question],
      answers: isAnswered ? [{ name: question.name, type: 'A', ttl: 1, data: known }] : [],
    });
    socket.send(answer, peer.port, peer.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, resolve);
  });
  return {
    address,
    port: socket.address().port,
    questions,
    close: () => new Promise((done) => socket.close(() => done())),
  };
}

function endsIn(name: string, suffixes: readonly string[] = []): boolean {
  return suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}
