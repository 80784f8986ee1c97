import * as z from 'zod';
import { Exchange, Failure } from '../exchange.ts';

export const DnsEvidence = z
  .object({
    host: z.string(),
    how: z.enum(['lookup', 'address-literal', 'left-to-proxy']),
    addresses: z.array(z.object({ address: z.string(), family: z.union([z.literal(4), z.literal(6)]) })),
    servers: z.array(z.string()).describe('The name servers that this machine asks.'),
    failure: Failure.nullable(),
    ms: z.number(),
  })
  .meta({ id: 'DnsEvidence' });
export type DnsEvidence = z.infer<typeof DnsEvidence>;

export const TcpEvidence = z
  .object({
    target: z.enum(['registry', 'proxy']),
    tried: z.array(
      z.object({ address: z.string(), port: z.int(), failure: Failure.nullable(), ms: z.number() }),
    ),
    connectedTo: z.string().nullable().describe('`address:port`'),
    failure: Failure.nullable().describe('Set when no address could be connected to: the last failure.'),
    /** A registry that answers over plain http where https was refused: asked only when the port was not given. */
    plainHttp: Exchange.nullable(),
    ms: z.number(),
  })
  .meta({ id: 'TcpEvidence' });
export type TcpEvidence = z.infer<typeof TcpEvidence>;

export const ProxySource = z.enum(['daemon', 'daemon.json', 'environment']);

export const ProxyEvidence = z
  .object({
    use: z.enum(['none', 'used', 'bypassed']),
    why: z.string().describe('Which variable or rule decided, in words.'),
    address: z.string().nullable().describe('Redacted, e.g. `http://user:[redacted]@proxy:3128`.'),
    source: ProxySource.nullable(),
    scheme: z.enum(['http', 'https', 'socks5', 'other']).nullable(),
    hasLogin: z.boolean(),
    connect: Exchange.nullable().describe('The CONNECT request, where one was made.'),
    failure: Failure.nullable(),
    /** How the daemon's settings and Pull Doctor's own differ, if they do. */
    otherVantage: z
      .object({
        what: z.string(),
        /** What came of asking the registry the other way. */
        reached: z.boolean().nullable(),
      })
      .nullable(),
    ms: z.number(),
  })
  .meta({ id: 'ProxyEvidence' });
export type ProxyEvidence = z.infer<typeof ProxyEvidence>;

export const Certificate = z
  .object({
    subject: z.string(),
    issuer: z.string(),
    names: z.array(z.string()).describe('`DNS:…` and `IP:…` of subjectAltName.'),
    notBefore: z.iso.datetime(),
    notAfter: z.iso.datetime(),
    sha256: z.string().describe('Fingerprint, hexadecimal with colons.'),
    selfSigned: z.boolean(),
    isCa: z.boolean(),
  })
  .meta({ id: 'Certificate' });
export type Certificate = z.infer<typeof Certificate>;

export const TlsEvidence = z
  .object({
    use: z
      .enum(['verified', 'not-verified', 'plain-http', 'failed'])
      .describe(
        '`not-verified`: the registry is insecure by the configuration of the daemon, so the certificate does not count.',
      ),
    serverName: z.string(),
    protocol: z.string().nullable(),
    chain: z.array(Certificate).describe('As received, leaf first.'),
    /** What is wrong with the certificate, whether or not verification was asked for. */
    faults: z.array(
      z.enum([
        'untrusted',
        'self-signed',
        'incomplete-chain',
        'expired',
        'not-yet-valid',
        'wrong-name',
        'no-names',
        'revoked',
        'weak',
      ]),
    ),
    failure: Failure.nullable(),
    trust: z.object({
      sources: z.array(z.string()).describe('Files and folders that the trusted authorities came from.'),
      authorities: z.int(),
      notes: z.array(z.string()),
    }),
    clientCertificate: z.enum(['not-asked', 'asked', 'sent', 'required']),
    interception: z
      .object({ suspected: z.boolean(), why: z.array(z.string()) })
      .describe('Signs that a proxy on the path opened the connection and shows a certificate of its own.'),
    /** What stands on the port when it does not speak TLS. */
    plain: z
      .object({
        speaks: z.enum(['http', 'ssh', 'other', 'nothing']),
        greeting: z.string().describe('First printable characters, redacted.'),
        ping: Exchange.nullable(),
        isRegistry: z.boolean(),
      })
      .nullable(),
    ms: z.number(),
  })
  .meta({ id: 'TlsEvidence' });
export type TlsEvidence = z.infer<typeof TlsEvidence>;
