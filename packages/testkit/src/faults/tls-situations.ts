import type { Fault } from './fault.ts';
import { failing } from './row.ts';

const fails = { expect: { steps: { tls: 'failed' } } } as const;

/** Certificates that a client must not accept. All by name: on loopback docker checks none. */
export const tlsSituations: Fault[] = [
  failing('self-signed certificate', 'selfsigned.clinic.test/ok/app:1', 'tls-untrusted', fails),
  failing(
    'certificate of an authority that is not installed',
    'strangeca.clinic.test/ok/app:1',
    'tls-untrusted',
    fails,
  ),
  failing('expired certificate', 'expired.clinic.test/ok/app:1', 'tls-invalid', fails),
  failing('certificate that is not valid yet', 'early.clinic.test/ok/app:1', 'tls-invalid', {
    expect: { oneOf: ['tls-invalid', 'clock-skew'], steps: { tls: 'failed' } },
  }),
  failing('certificate for another name', 'othername.clinic.test/ok/app:1', 'tls-invalid', fails),
  failing('address instead of the name', '10.77.0.24/ok/app:1', 'tls-invalid', fails),
  failing('certificate with a common name only', 'cnonly.clinic.test/ok/app:1', 'tls-invalid', fails),
  failing('TLS 1.1 only', 'oldtls.clinic.test/ok/app:1', 'tls-invalid', fails),
  failing('client certificate required', 'clientcert.clinic.test/ok/app:1', 'tls-invalid', {
    // with TLS 1.3 the handshake ends well for the client, and the refusal comes with the first answer
    expect: { oneOf: ['tls-invalid', 'access-denied'] },
  }),
  failing(
    'plain http where https is expected',
    'plainhttp.clinic.test:5000/ok/app:1',
    'plain-http-registry',
    fails,
  ),
];
