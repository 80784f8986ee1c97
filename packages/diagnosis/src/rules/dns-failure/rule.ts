import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { FailureCode } from '@pull-doctor/contract/exchange';
import type { Command, Finding } from '@pull-doctor/contract/finding';
import { onHost } from '../../facts/commands.ts';
import { firstFailure, kindOf } from '../../facts/failure.ts';
import { otherWayLeadsOut, proxyAlternative } from '../../facts/other-way.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { list } from '../../words/sentence.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const dnsFailure = defineRule({
  cause: 'dns-failure',
  decides: 'Whether the name servers of the Docker host know the registry’s name.',
  needs: ['reference'],

  examine(evidence) {
    const place = firstFailure(evidence);
    if (!place || kindOf(place) !== 'dns' || otherWayLeadsOut(evidence)) return;
    const name = withoutPort(place.host);
    const servers = evidence.dns?.servers ?? [];
    const asked = servers.length > 0 ? ` (${list(servers)})` : '';
    const isRealm = place.step === 'token';
    const alternatives =
      place.failure.code === 'name-not-found' && !isRealm ? outsideTheNetwork(evidence) : [];
    return {
      ...(alternatives.length > 0
        ? { certainty: 'likely' as const }
        : { certainty: 'confirmed' as const, confirmedBy: 'probe' as const }),
      what: isRealm
        ? `${hostName(evidence)} cannot find ${name}, which hands out the tokens for ${subjectOf(evidence).host}.`
        : `${hostName(evidence)} cannot find ${name}.`,
      why: reason(place.failure.code, name, asked),
      todo: todo(place.failure.code, name),
      commands: lookUp(evidence, name),
      wizard: 'network',
      alternatives,
      restsOn: [place.step],
    };
  },

  rulesOut({ dns }) {
    if (!dns || dns.failure) return;
    if (dns.how === 'address-literal')
      return 'The registry is named by its address; no name server is asked.';
    if (dns.how === 'left-to-proxy') return 'The name is left to the proxy to look up.';
    const first = dns.addresses[0]?.address;
    return first ? `DNS answered ${first}.` : undefined;
  },

  signs,
  daemonDecides: true,
  heard: (evidence) => {
    const { host } = subjectOf(evidence);
    return {
      what: `Docker on ${hostName(evidence)} cannot find ${withoutPort(host)}.`,
      todo: 'Compare the name servers of the daemon with those of Pull Doctor.',
      commands: lookUp(evidence, withoutPort(host)),
      wizard: 'network',
    };
  },
});

/** A name server of a closed network says of every name outside it that it does not exist. */
function outsideTheNetwork(evidence: Evidence): Finding['alternatives'] {
  const known = proxyAlternative(evidence);
  if (known.length > 0 || evidence.proxy?.use !== 'none') return known;
  return [
    {
      cause: 'proxy-failure',
      why: 'No proxy is set. In a network that is left only through a proxy, names outside it do not exist.',
      decides: 'Look up a name that surely exists, such as registry-1.docker.io.',
    },
  ];
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}

function reason(code: FailureCode, name: string, asked: string): string {
  switch (code) {
    case 'name-server-failure':
      return `The name server${asked} answered with a failure of its own, so it is not known whether ${name} exists.`;
    case 'name-server-silent':
      return `The name server${asked} did not answer.`;
    default:
      return `The name server${asked} says that this name does not exist.`;
  }
}

function todo(code: FailureCode, name: string): string {
  return code === 'name-not-found'
    ? `Compare the host in the image name with the one that the registry's owner gives. If it is right, ${name} is known to other name servers only: a VPN, or the name server of the company.`
    : 'Check the name server that this host uses, or set another one.';
}

function lookUp(evidence: Evidence, name: string): Command[] {
  const word = shellWord(name);
  return [
    onHost(evidence, 'linux', `getent ahosts ${word}`, 'asks as the daemon does. No line means no address.'),
    onHost(evidence, 'macos', `dscacheutil -q host -a name ${word}`, 'asks the resolver of the system.'),
    onHost(evidence, 'windows', `Resolve-DnsName ${word}`, 'asks the resolver of the system.'),
  ];
}
