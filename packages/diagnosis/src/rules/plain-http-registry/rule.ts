import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { onHost } from '../../facts/commands.ts';
import { plainHttpSeen } from '../../facts/plain-http.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const plainHttpRegistry = defineRule({
  cause: 'plain-http-registry',
  decides: 'Whether the port answers TLS or plain HTTP.',
  needs: ['reference'],

  examine(evidence) {
    const seen = plainHttpSeen(evidence);
    if (!seen) return;
    const { host } = subjectOf(evidence);
    return {
      ...(seen.isSure
        ? { certainty: 'confirmed' as const, confirmedBy: 'probe' as const }
        : { certainty: 'likely' as const }),
      what: 'The registry speaks HTTP, Docker expects HTTPS.',
      why:
        seen.step === 'tcp'
          ? `Nothing listens for https at ${host}, and a registry answers there over plain http. Docker on ${hostName(evidence)} does not take http for this host.`
          : `${host} answers the TLS handshake in plain HTTP, and asked over plain http it is a registry. Docker on ${hostName(evidence)} does not take http for this host.`,
      todo: todo(host),
      commands: commands(evidence),
      wizard: 'trust-certificate',
      restsOn: [seen.step],
      explains: ['connection-failure', 'tls-invalid', 'not-a-registry'],
    };
  },

  rulesOut({ tls }) {
    if (tls?.use === 'verified' || tls?.use === 'not-verified') return 'The registry speaks TLS.';
    if (tls?.use === 'plain-http')
      return 'The configuration of the daemon allows plain http for this registry.';
    return;
  },

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: 'The registry speaks HTTP, Docker expects HTTPS.',
    todo: todo(subjectOf(evidence).host),
    commands: commands(evidence),
    wizard: 'trust-certificate',
  }),
});

function todo(host: string): string {
  return `Give the registry a certificate. Where that cannot be, add "${host}" to insecure-registries in daemon.json and reload: images and passwords then cross the network in the clear.`;
}

function commands(evidence: Evidence) {
  return [
    onHost(
      evidence,
      'linux',
      'sudo systemctl reload docker',
      'makes the daemon read daemon.json again after insecure-registries was changed. Containers keep running. It needs root, as the daemon is root’s.',
    ),
  ];
}
