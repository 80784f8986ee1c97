import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Exchange } from '@pull-doctor/contract/exchange';
import type { Finding } from '@pull-doctor/contract/finding';
import { askedAsDocker, dockerManifestAsk, dockerTokenAsk, hostAsked } from '../../facts/asked.ts';
import { onHost } from '../../facts/commands.ts';
import { firstFailure, kindOf } from '../../facts/failure.ts';
import { plainHttpSeen } from '../../facts/plain-http.ts';
import { subjectOf } from '../../facts/subject.ts';
import { quoted } from '../../words/sentence.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const notARegistry = defineRule({
  cause: 'not-a-registry',
  decides: 'What the address answers to /v2/.',
  needs: ['reference'],

  examine(evidence) {
    if (plainHttpSeen(evidence)) return;
    const seen = onThePort(evidence) ?? atPing(evidence) ?? atToken(evidence) ?? atManifest(evidence);
    if (!seen) return;
    return {
      certainty: 'confirmed',
      confirmedBy: 'probe',
      todo: todo(evidence),
      commands: ask(evidence),
      wizard: 'daemon-and-host',
      explains: ['connection-failure', 'tls-invalid'],
      ...seen,
    };
  },

  rulesOut: ({ ping }) =>
    ping?.isRegistry === 'yes' ? `The address answers as a registry: ${ping.why}` : undefined,

  signs,
  heard: (evidence) => ({
    what: `${subjectOf(evidence).host} answers, but is no registry.`,
    todo: todo(evidence),
    commands: ask(evidence),
    wizard: 'daemon-and-host',
  }),
});

type Seen = Pick<RuleFinding, 'what' | 'why' | 'restsOn'> &
  Partial<Pick<RuleFinding, 'certainty' | 'todo' | 'alternatives'>>;

/** Something else than TLS, and no registry over plain http either. */
function onThePort(evidence: Evidence): Seen | null {
  const plain = evidence.tls?.use === 'failed' ? evidence.tls.plain : null;
  const { host } = subjectOf(evidence);
  const isNotTls = evidence.tls?.failure?.code === 'not-tls';
  if (!plain || plain.speaks === 'nothing') {
    if (!isNotTls) return null;
    return {
      certainty: 'likely',
      what: `${host} speaks no TLS.`,
      why: 'Its answer to the handshake is something else, and what it is was not found out.',
      restsOn: ['tls'],
      alternatives: [plainHttpAlternative],
    };
  }
  const greeting = plain.greeting ? ` It says ${quoted(plain.greeting, 80)}.` : '';
  switch (plain.speaks) {
    case 'ssh':
      return {
        what: `${host} is an SSH server, no registry.`,
        why: `The port greets like SSH.${greeting}`,
        restsOn: ['tls'],
      };
    case 'http':
      // A port with TLS says 400 to plain HTTP: then the handshake broke for another reason.
      if (!isNotTls && plain.ping?.answer?.status === 400) return null;
      return {
        what: `${host} is a web server without TLS, and no registry.`,
        why: `It answers plain HTTP, and asked for /v2/ it does not answer as a registry.${greeting}`,
        restsOn: ['tls'],
      };
    case 'other':
      return {
        certainty: 'very-likely',
        what: `${host} speaks neither TLS nor HTTP.`,
        why: `Another service stands on this port.${greeting}`,
        restsOn: ['tls'],
      };
  }
}

const plainHttpAlternative: Finding['alternatives'][number] = {
  cause: 'plain-http-registry',
  why: 'A registry that speaks plain http gives no TLS answer either.',
  decides: 'Ask the same port over plain http.',
};

function atPing(evidence: Evidence): Seen | null {
  const { ping } = evidence;
  const { host } = subjectOf(evidence);
  if (!ping) return null;
  const { answer, failure, redirects } = ping.exchange;
  if (failure) {
    const place = firstFailure(evidence);
    if (place?.step !== 'ping' || kindOf(place) !== 'unusable') return null;
    return {
      what: `${host} answers, but not as a registry does.`,
      why: `Asked for /v2/, it sends something that cannot be used: ${failure.message}.`,
      restsOn: ['ping'],
    };
  }
  // A fault of the server or a limit says nothing about what the server is.
  if (!answer || ping.isRegistry !== 'no' || answer.status >= 500 || answer.status === 429) return null;
  const to = redirects.at(-1)?.to;
  const page = answer.bodyKind === 'html' ? ' and a web page' : '';
  return {
    what: `${host} answers, but is no registry.`,
    why: to
      ? `Asked for /v2/, it sends the client on to ${to}, as a page to sign in does.`
      : `Asked for /v2/, it answers ${answer.status}${page}. ${ping.why}`,
    restsOn: ['ping'],
  };
}

function atToken(evidence: Evidence): Seen | null {
  const ask = dockerTokenAsk(evidence);
  if (!ask?.exchange || ask.outcome !== 'unusable' || !isPage(ask.exchange)) return null;
  const realm = hostAsked(ask.exchange);
  const { host } = subjectOf(evidence);
  return {
    what: `${realm || 'The token address'} answers with a web page where Docker wants a token.`,
    why: `${host} names this address as the one that hands out its tokens, and it answers ${ask.exchange.answer?.status ?? ''} with a page.`,
    todo: `The owner of ${host} must correct the realm in its challenge, or what stands before the token server.`,
    restsOn: ['challenge', 'token'],
  };
}

function atManifest(evidence: Evidence): Seen | null {
  const ask = dockerManifestAsk(evidence);
  if (!ask) return null;
  const page = askedAsDocker(evidence).find(({ step, exchange }) => step === 'manifest' && isPage(exchange));
  const status = ask.status ?? 0;
  const isPageForManifest =
    evidence.manifest?.body?.kind === 'not-a-manifest' || (status < 300 && page !== undefined);
  // Where the ping was answered as by a registry, a 404 page is a reverse proxy's that does not know the path.
  const isPageForNothing = status === 404 && page !== undefined && evidence.ping?.isRegistry !== 'yes';
  if (!isPageForManifest && !isPageForNothing) return null;
  const { host } = subjectOf(evidence);
  return {
    what: `${host} answers with a web page where Docker wants a manifest.`,
    why: `Asked for the manifest, it answers ${ask.status ?? ''} with a page: something stands in front of the registry, or there is none.`,
    restsOn: ['manifest'],
  };
}

function isPage({ answer }: Exchange): boolean {
  return answer?.bodyKind === 'html' || isHtml(answer?.headers ?? []);
}

// HEAD has no body; its content type still tells.
function isHtml(headers: readonly { name: string; value: string }[]): boolean {
  return headers.some(
    ({ name, value }) => name.toLowerCase() === 'content-type' && /^text\/html/i.test(value),
  );
}

function todo(evidence: Evidence): string {
  const { provider } = subjectOf(evidence);
  if (provider.id === 'nexus') {
    return 'Use the port or the host name of the Docker repository, not that of the web page.';
  }
  return 'Correct the host in the image name: the address of a registry is often not that of its web page. Behind a reverse proxy, /v2/ must reach the registry.';
}

function ask(evidence: Evidence) {
  const { host } = subjectOf(evidence);
  return [
    onHost(
      evidence,
      'any',
      `curl --include --max-time 10 ${shellWord(`https://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/`)}`,
      'asks as Docker does. A registry answers 200 or 401, with JSON and a WWW-Authenticate header.',
    ),
  ];
}
