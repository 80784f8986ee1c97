import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /x509: certificate signed by unknown authority/,
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://unknownca.lab.test/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    weight: 'proves',
  },
  {
    says: /self[- ]signed certificate in certificate chain|unable to get local issuer certificate/i,
    seenIn: 'clients written with OpenSSL or Node',
    line: 'Error: self-signed certificate in certificate chain',
    weight: 'proves',
  },
];
