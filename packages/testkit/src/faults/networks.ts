import type { Fault } from './fault.ts';
import { failing } from './row.ts';

const inNamespace = { place: 'namespace' } as const;

/** Names that do not resolve and connections that do not come about. */
export const networks: Fault[] = [
  failing('the name does not exist', 'nx.clinic.test/team/app:1.0', 'dns-failure', {
    ...inNamespace,
    expect: { certaintyAtLeast: 'likely', steps: { dns: 'failed' } },
  }),
  failing('the name server fails', 'host.servfail.clinic.test/team/app:1.0', 'dns-failure', {
    ...inNamespace,
    expect: { steps: { dns: 'failed' } },
  }),
  failing('the name server is silent', 'host.silent.clinic.test/team/app:1.0', 'dns-failure', {
    ...inNamespace,
    slow: true,
    expect: { steps: { dns: 'failed' } },
  }),
  failing(
    'the name has only an address that nobody has',
    'noroute.clinic.test/team/app:1.0',
    'connection-failure',
    {
      ...inNamespace,
      expect: { steps: { dns: 'done', tcp: 'failed' } },
    },
  ),
  failing('connection refused', '{closed}/team/app:1.0', 'connection-failure', {
    expect: { certaintyAtLeast: 'likely', steps: { tcp: 'failed' } },
  }),
  failing('connection refused, by name', 'closed.clinic.test/team/app:1.0', 'connection-failure', {
    ...inNamespace,
    expect: { steps: { dns: 'done', tcp: 'failed' } },
  }),
  failing('packets are dropped', '{dropped}/team/app:1.0', 'connection-failure', {
    slow: true,
    expect: { steps: { tcp: 'failed' } },
  }),
  failing('packets are dropped, by name', 'dropped.clinic.test/team/app:1.0', 'connection-failure', {
    ...inNamespace,
    slow: true,
    expect: { steps: { dns: 'done', tcp: 'failed' } },
  }),
  failing('the TLS handshake is never answered', 'mute.clinic.test/team/app:1.0', 'connection-failure', {
    slow: true,
    expect: { oneOf: ['connection-failure', 'tls-invalid'], steps: { tls: 'failed' } },
  }),
  failing('the ping is never answered', 'hang.clinic.test/team/app:1.0', 'connection-failure', {
    slow: true,
    expect: { oneOf: ['connection-failure', 'registry-unavailable'], steps: { tls: 'done', ping: 'failed' } },
  }),
];
