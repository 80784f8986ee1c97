import type {
  DnsEvidence,
  ProxyEvidence,
  TcpEvidence,
  TlsEvidence,
} from '@pull-doctor/contract/evidence/network';
import type { EvidenceBlock } from '../../../ui/EvidencePanel.tsx';
import { durationText, momentText } from '../../../ui/time-text.ts';
import { exchangeBlock, failureRows } from './exchange.ts';

const lookups: Record<DnsEvidence['how'], string> = {
  lookup: 'Looked up as this machine does it',
  'address-literal': 'The host is an address: nothing to look up',
  'left-to-proxy': 'The proxy looks it up',
};

export function dnsBlocks(dns: DnsEvidence): EvidenceBlock[] {
  return [
    {
      rows: [
        { label: 'Host', value: dns.host },
        { label: 'How', value: lookups[dns.how] },
        ...listed(
          'Addresses',
          dns.addresses.map(({ address }) => address),
        ),
        ...listed('Name servers', dns.servers),
        ...(dns.failure ? failureRows(dns.failure) : []),
      ],
    },
  ];
}

export function tcpBlocks(tcp: TcpEvidence): EvidenceBlock[] {
  return [
    {
      rows: [
        { label: 'Target', value: tcp.target === 'proxy' ? 'the proxy' : 'the registry' },
        ...tcp.tried.map(({ address, port, failure, ms }) => ({
          label: `${address.includes(':') ? `[${address}]` : address}:${port}`,
          value: failure
            ? `${failure.code} after ${durationText(ms)}: ${failure.message}`
            : `open, ${durationText(ms)}`,
          isMarked: failure !== null,
        })),
      ],
    },
    ...(tcp.plainHttp ? [exchangeBlock('The same port over plain HTTP', tcp.plainHttp)] : []),
  ];
}

export function proxyBlocks(proxy: ProxyEvidence): EvidenceBlock[] {
  const uses = { none: 'no proxy', used: 'used', bypassed: 'passed by' };
  return [
    {
      rows: [
        { label: 'Proxy', value: uses[proxy.use] },
        { label: 'Because', value: proxy.why },
        ...(proxy.address ? [{ label: 'Address', value: proxy.address }] : []),
        ...(proxy.source ? [{ label: 'Set in', value: proxy.source }] : []),
        ...(proxy.use === 'used'
          ? [{ label: 'Credential', value: proxy.hasLogin ? 'in its address' : 'none' }]
          : []),
        ...(proxy.failure ? failureRows(proxy.failure) : []),
        ...(proxy.otherVantage ? [{ label: 'Daemon', value: otherVantageText(proxy.otherVantage) }] : []),
      ],
    },
    ...(proxy.connect ? [exchangeBlock('The tunnel that was asked for', proxy.connect, true)] : []),
  ];
}

function otherVantageText({ what, reached }: NonNullable<ProxyEvidence['otherVantage']>): string {
  if (reached === null) return what;
  return `${what} ${reached ? 'The registry answers that way.' : 'The registry does not answer that way either.'}`;
}

const tlsUses: Record<TlsEvidence['use'], string> = {
  verified: 'verified',
  'not-verified': 'not verified: the daemon is told not to check this registry',
  'plain-http': 'none: plain HTTP',
  failed: 'failed',
};

export function tlsBlocks(tls: TlsEvidence): EvidenceBlock[] {
  return [
    {
      rows: [
        {
          label: 'TLS',
          value: tls.use === 'verified' && tls.protocol ? `${tls.protocol}, verified` : tlsUses[tls.use],
        },
        { label: 'Name asked', value: tls.serverName },
        ...(tls.faults.length > 0 ? [{ label: 'Faults', value: tls.faults.join(', '), isMarked: true }] : []),
        ...(tls.failure ? failureRows(tls.failure) : []),
        ...(tls.clientCertificate === 'not-asked'
          ? []
          : [{ label: 'Client cert', value: tls.clientCertificate }]),
        ...(tls.interception.suspected
          ? [{ label: 'Opened on path', value: tls.interception.why, isMarked: true }]
          : []),
        ...(tls.plain
          ? [
              {
                label: 'Port speaks',
                value: `${tls.plain.speaks}${tls.plain.greeting ? `: ${tls.plain.greeting}` : ''}`,
                isMarked: true,
              },
            ]
          : []),
      ],
      folded: {
        title: `What is trusted: ${tls.trust.authorities} authorities`,
        rows: [...listed('From', tls.trust.sources), ...listed('Notes', tls.trust.notes)],
      },
    },
    ...tls.chain.map((certificate, index) => ({
      title: index === 0 ? 'Certificate of the registry' : `Certificate ${index + 1} of the chain`,
      rows: [
        { label: 'Subject', value: certificate.subject },
        {
          label: 'Issuer',
          value: `${certificate.issuer}${certificate.selfSigned ? ' (signed by itself)' : ''}`,
        },
        { label: 'Valid from', value: momentText(certificate.notBefore) },
        { label: 'Valid until', value: momentText(certificate.notAfter) },
        ...(certificate.names.length > 0 ? [{ label: 'Names', value: certificate.names.join(', ') }] : []),
        { label: 'SHA-256', value: certificate.sha256 },
      ],
    })),
    ...(tls.plain?.ping ? [exchangeBlock('The same address over plain HTTP', tls.plain.ping)] : []),
  ];
}

export const listed = (label: string, values: readonly string[]) =>
  values.length > 0 ? [{ label, value: values }] : [];
