import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Exchange } from '@pull-doctor/contract/exchange';
import type { Command } from '@pull-doctor/contract/finding';
import { askedAsDocker } from '../../facts/asked.ts';
import { onHost } from '../../facts/commands.ts';
import { failureInWords, firstFailure, kindOf, type PlaceOfFailure } from '../../facts/failure.ts';
import { otherWayLeadsOut } from '../../facts/other-way.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const proxyFailure = defineRule({
  cause: 'proxy-failure',
  decides: 'Through which proxy the daemon goes, and what it answers.',
  needs: ['reference'],

  examine(evidence) {
    const place = firstFailure(evidence);
    const kind = place ? kindOf(place) : null;
    if (place && kind === 'proxy') return atProxy(evidence, place);
    if (place && otherWayLeadsOut(evidence)) return otherWay(evidence, place);
    return answeredByProxy(evidence);
  },

  rulesOut({ proxy, tls }) {
    if (proxy?.use === 'none') return 'No proxy is used for this registry.';
    if (proxy?.use === 'bypassed') return `The registry is asked directly: ${proxy.why}`;
    if (proxy?.use === 'used' && !proxy.failure && tls?.use === 'verified') {
      return 'The proxy let the connection through, and the certificate is the registry’s own.';
    }
    return;
  },

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: `The proxy of Docker on ${hostName(evidence)} does not let it through to ${subjectOf(evidence).host}.`,
    todo: 'Check the proxy settings of the daemon; they are not those of the shell.',
    commands: commands(evidence),
    wizard: 'network',
  }),
});

function atProxy(evidence: Evidence, place: PlaceOfFailure): RuleFinding {
  const proxy = evidence.proxy;
  const address = proxy?.address ?? place.host;
  const status = proxy?.connect?.answer?.status ?? null;
  const shared = {
    commands: commands(evidence),
    wizard: 'network',
    restsOn: [place.step, 'proxy'] as RuleFinding['restsOn'],
  };
  const from = proxy?.why ? ` ${proxy.why}` : '';
  if (status === 407 || place.failure.code === 'proxy-login') return wantsLogin(evidence, shared);
  if (status !== null && status >= 500) {
    return {
      ...shared,
      certainty: 'likely',
      what: `The proxy answers ${status} for ${subjectOf(evidence).host}.`,
      why: `${address} took the request and could not get through to the registry.${from}`,
      todo: 'Ask the owner of the proxy whether it reaches this registry; where the registry is inside the network, add it to NO_PROXY.',
      alternatives: [
        {
          cause: 'connection-failure',
          why: 'The registry itself may not answer the proxy.',
          decides: 'Ask the registry from a machine that needs no proxy.',
        },
      ],
    };
  }
  if (status !== null) {
    return {
      ...shared,
      certainty: 'confirmed',
      confirmedBy: 'probe',
      what: `The proxy does not let connections through to ${subjectOf(evidence).host} (${status}).`,
      why: `${address} answered the CONNECT request with ${status}.${from}`,
      todo: 'Ask the owner of the proxy to allow this host and the hosts of its tokens and layers, or add it to NO_PROXY where it is inside the network.',
    };
  }
  if (proxy?.scheme === 'https' && speaksPlain(place)) {
    return {
      ...shared,
      certainty: 'very-likely',
      what: 'The address of the proxy begins with https://, and the proxy speaks plain HTTP.',
      why: `The TLS handshake with ${address} was answered by something that is no TLS.${from}`,
      todo: `Write http:// in the proxy address: ${address.replace(/^https:/, 'http:')}. Connections to the registry stay encrypted.`,
    };
  }
  // Names that are not found and ports that are closed are facts about the proxy; silence may be the registry's.
  const isSilent = place.failure.code === 'answer-timed-out' || place.isTimeUp;
  return {
    ...shared,
    ...(isSilent
      ? { certainty: 'likely' as const }
      : { certainty: 'confirmed' as const, confirmedBy: 'probe' as const }),
    what: `${address === 'the proxy' ? 'The proxy' : `The proxy ${address}`} ${failureInWords(place.failure)}.`,
    why: `Docker goes through this proxy for ${subjectOf(evidence).host}.${from}`,
    todo: 'Correct the address of the proxy, or ask its owner why it does not serve this host.',
    alternatives: isSilent
      ? [
          {
            cause: 'connection-failure',
            why: 'The proxy may be waiting for a registry that does not answer.',
            decides: 'Ask another registry through the same proxy.',
          },
        ]
      : [],
  };
}

function wantsLogin(
  evidence: Evidence,
  shared: Pick<RuleFinding, 'commands' | 'wizard' | 'restsOn'>,
): RuleFinding {
  const hasLogin = evidence.proxy?.hasLogin ?? false;
  return {
    ...shared,
    certainty: 'confirmed',
    confirmedBy: 'probe',
    what: hasLogin ? 'The proxy refuses its login (407).' : 'The proxy asks for a login (407).',
    why: hasLogin
      ? `${evidence.proxy?.address ?? 'The proxy'} answers 407 although user and password are in its address: they are wrong, or no longer valid.`
      : `${evidence.proxy?.address ?? 'The proxy'} answers 407, and the address that Docker uses holds no user and password.`,
    todo: 'Put user and password of the proxy into the proxy address of the daemon, special characters percent-encoded, and restart it.',
  };
}

/** Direct connections fail and the proxy leads out, or the proxy fails and the direct way leads out. */
function otherWay(evidence: Evidence, place: PlaceOfFailure): RuleFinding {
  const { host } = subjectOf(evidence);
  const usesProxy = evidence.proxy?.use === 'used';
  return {
    certainty: 'very-likely',
    what: usesProxy
      ? `${host} is reached directly, and not through the proxy that Docker uses.`
      : `${host} is reached only through a proxy, and Docker on ${hostName(evidence)} uses none.`,
    why: `Asked as Docker would, ${place.host} ${failureInWords(place.failure)}. ${evidence.proxy?.otherVantage?.what ?? ''}`.trim(),
    todo: usesProxy
      ? `Add ${host} to NO_PROXY of the daemon.`
      : 'Give the daemon the proxy: in daemon.json under "proxies", or in the environment of its service, and restart it.',
    commands: commands(evidence),
    wizard: 'network',
    restsOn: [place.step, 'proxy'],
    explains: ['dns-failure', 'connection-failure'],
  };
}

/** Over plain http the proxy answers in the registry's place. */
function answeredByProxy(evidence: Evidence): RuleFinding | undefined {
  if (evidence.proxy?.use !== 'used') return;
  const asked = askedAsDocker(evidence).find(({ exchange }) => isProxysAnswer(exchange));
  if (!asked) return;
  const status = asked.exchange.answer?.status ?? 0;
  const shared = {
    commands: commands(evidence),
    wizard: 'network',
    restsOn: [asked.step, 'proxy'] as RuleFinding['restsOn'],
  };
  if (status === 407) return { ...wantsLogin(evidence, shared), explains: ['not-a-registry'] };
  return {
    ...shared,
    certainty: 'likely',
    what: `The proxy answers ${status} in the place of ${subjectOf(evidence).host}.`,
    why: 'The answer bears the mark of the proxy (X-Squid-Error), so the registry was not reached.',
    todo: 'Ask the owner of the proxy to allow this host, or add it to NO_PROXY where it is inside the network.',
    explains: ['not-a-registry', 'registry-unavailable', 'access-denied'],
  };
}

function isProxysAnswer({ answer }: Exchange): boolean {
  if (!answer) return false;
  return answer.status === 407 || answer.headers.some(({ name }) => name.toLowerCase() === 'x-squid-error');
}

function speaksPlain({ failure }: PlaceOfFailure): boolean {
  return ['not-tls', 'proxy-protocol', 'tls-protocol', 'tls-alert'].includes(failure.code);
}

function commands(evidence: Evidence): Command[] {
  return [
    onHost(
      evidence,
      'linux',
      "docker info --format '{{.HTTPProxy}} {{.HTTPSProxy}} {{.NoProxy}}'",
      'shows the proxy that the daemon uses. The settings of the shell and of config.json do not count for pulls.',
    ),
    onHost(
      evidence,
      'linux',
      'sudo systemctl edit docker.service',
      'opens the place for Environment="HTTPS_PROXY=…" and "NO_PROXY=…". Restart the daemon afterwards: that stops containers unless live-restore is on. It needs root, as the daemon is root’s.',
    ),
  ];
}
