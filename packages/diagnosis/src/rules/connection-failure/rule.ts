import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { FailureCode } from '@pull-doctor/contract/exchange';
import type { Command } from '@pull-doctor/contract/finding';
import { onHost } from '../../facts/commands.ts';
import { failureInWords, firstFailure, kindOf, type PlaceOfFailure } from '../../facts/failure.ts';
import { otherWayLeadsOut, proxyAlternative } from '../../facts/other-way.ts';
import { plainHttpSeen } from '../../facts/plain-http.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const connectionFailure = defineRule({
  cause: 'connection-failure',
  decides: 'Whether a connection to the registry’s port comes about from the Docker host.',
  needs: ['reference'],

  examine(evidence) {
    const place = firstFailure(evidence);
    if (!place || kindOf(place) !== 'connection') return;
    if (otherWayLeadsOut(evidence) || plainHttpSeen(evidence)) return;
    const address = addressOf(evidence, place);
    return {
      // Earlier steps may have used up the time, so slowness is no more than likely this one's; and Docker waits longer than a diagnosis.
      ...(place.isTimeUp
        ? { certainty: 'likely' as const, mayStillPull: true }
        : { certainty: 'confirmed' as const, confirmedBy: 'probe' as const }),
      what: `${address} ${failureInWords(place.failure)}${place.isTimeUp ? '' : phase(place)}.`,
      why: `${place.step === 'token' && place.host !== subjectOf(evidence).host ? `${place.host} hands out the tokens for ${subjectOf(evidence).host}; without one, the registry lets nobody in. ` : ''}${reason(place.failure.code)}`,
      todo: todo(place.failure.code),
      commands: reach(evidence, place),
      wizard: 'network',
      alternatives: proxyAlternative(evidence),
      restsOn: [place.step],
    };
  },

  rulesOut({ tcp, ping }) {
    if (ping?.exchange.answer) return `The registry answered ${ping.exchange.answer.status}.`;
    return tcp?.connectedTo && !tcp.failure ? `${tcp.connectedTo} accepts connections.` : undefined;
  },

  staysOpen: (evidence) =>
    evidence.manifest?.body && !evidence.pull
      ? 'a real pull has fetched the layers, which may come from another host.'
      : undefined,

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what:
      evidence.pull?.during === 'layers' || evidence.pull?.during === 'extracting'
        ? `The connection broke while ${hostName(evidence)} fetched a layer.`
        : `Docker on ${hostName(evidence)} gets no answer from ${subjectOf(evidence).host}.`,
    todo:
      evidence.pull?.during === 'layers'
        ? 'Pull again: finished layers are kept. If it breaks each time, the host that serves the layers, a proxy or a firewall cuts long answers.'
        : 'Check the way from the Docker host to the registry.',
    commands: reach(evidence, null),
    wizard: 'network',
  }),
});

function addressOf(evidence: Evidence, { step, host }: PlaceOfFailure): string {
  if (step === 'tcp') {
    const last = evidence.tcp?.tried.at(-1);
    return last ? `${host} (${last.address}, port ${last.port})` : host;
  }
  return host;
}

function phase({ step }: PlaceOfFailure): string {
  if (step === 'tls') return ' during the TLS handshake';
  if (step === 'token') return ' when it was asked for a token';
  if (step === 'manifest') return ' when it was asked for the manifest';
  return '';
}

function reason(code: FailureCode): string {
  switch (code) {
    case 'refused':
      return 'The machine is there and nothing listens on this port, or a firewall turns the connection down.';
    case 'connect-timed-out':
      return 'Packets get lost on the way: a firewall drops them, or the machine is off.';
    case 'unreachable':
      return 'The network of this host knows no way there.';
    case 'reset':
    case 'closed':
      return 'Somebody ended the connection before an answer came: the server itself, or a firewall on the path.';
    case 'body-cut-short':
      return 'The answer announced more bytes than came.';
    default:
      return 'The connection stands, but no answer comes in time.';
  }
}

function todo(code: FailureCode): string {
  switch (code) {
    case 'refused':
      return 'Check that the registry runs and that the port in the image name is the right one.';
    case 'connect-timed-out':
    case 'unreachable':
      return 'Check firewall, VPN and routes between this host and the registry.';
    default:
      return 'Try again; if it stays, ask the owner of the registry or of the network what ends these connections.';
  }
}

function reach(evidence: Evidence, place: PlaceOfFailure | null): Command[] {
  const { host } = subjectOf(evidence);
  const endpoint = evidence.reference?.endpoint;
  const registry = endpoint ? `${endpoint.host}${endpoint.port === 443 ? '' : `:${endpoint.port}`}` : host;
  const scheme = evidence.tls?.use === 'plain-http' ? 'http' : 'https';
  const isRealm = place?.step === 'token' && place.host !== host;
  const address = shellWord(isRealm ? `https://${place.host}/` : `${scheme}://${registry}/v2/`);
  return [
    onHost(
      evidence,
      'any',
      `curl --silent --show-error --head --max-time 10 ${address}`,
      'asks the same address. Any status is a good sign: 401 too means that it is reached.',
    ),
  ];
}
