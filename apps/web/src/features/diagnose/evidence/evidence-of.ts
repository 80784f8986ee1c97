import type { Step } from '@pull-doctor/contract/diagnoses';
import type { ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { EvidenceBlock } from '../../../ui/EvidencePanel.tsx';
import { credentialsBlocks } from './credentials.ts';
import { daemonBlocks, pullBlocks } from './daemon.ts';
import { dnsBlocks, proxyBlocks, tcpBlocks, tlsBlocks } from './network.ts';
import { challengeBlocks, manifestBlocks, pingBlocks, platformBlocks, tokenBlocks } from './registry.ts';
import { textBlocks } from './text.ts';

/** What a step saw, as it is drawn and copied; empty where it saw nothing. */
export function evidenceOf(step: Step): EvidenceBlock[] {
  if (step.evidence === null) return [];
  switch (step.step) {
    case 'reference':
      return referenceBlocks(step.evidence);
    case 'text':
      return textBlocks(step.evidence);
    case 'credentials':
      return credentialsBlocks(step.evidence);
    case 'dns':
      return dnsBlocks(step.evidence);
    case 'tcp':
      return tcpBlocks(step.evidence);
    case 'proxy':
      return proxyBlocks(step.evidence);
    case 'tls':
      return tlsBlocks(step.evidence);
    case 'ping':
      return pingBlocks(step.evidence);
    case 'challenge':
      return challengeBlocks(step.evidence);
    case 'token':
      return tokenBlocks(step.evidence);
    case 'manifest':
      return manifestBlocks(step.evidence);
    case 'platform':
      return platformBlocks(step.evidence);
    case 'daemon':
      return daemonBlocks(step.evidence);
    case 'pull':
      return pullBlocks(step.evidence);
  }
}

function referenceBlocks({
  text,
  reference,
  fault,
  canonical,
  endpoint,
}: ReferenceEvidence): EvidenceBlock[] {
  return [
    {
      rows: [
        { label: 'Read from', value: text },
        ...(canonical ? [{ label: 'Docker reads', value: canonical }] : []),
        ...(reference
          ? [
              { label: 'Registry', value: reference.registry },
              { label: 'Repository', value: reference.repository },
              ...(reference.tag ? [{ label: 'Tag', value: reference.tag }] : []),
              ...(reference.digest ? [{ label: 'Digest', value: reference.digest }] : []),
            ]
          : []),
        ...(fault ? [{ label: fault.code, value: fault.what, isMarked: true }] : []),
        ...(fault?.fix ? [{ label: 'Instead', value: fault.fix }] : []),
        ...(endpoint
          ? [
              {
                label: 'Goes to',
                value: `${endpoint.host}:${endpoint.port}${endpoint.insecure ? `, insecure: ${endpoint.insecureWhy}` : ''}`,
              },
            ]
          : []),
      ],
    },
  ];
}
