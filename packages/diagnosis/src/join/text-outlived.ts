import type { Cause } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { asDocker } from '../facts/asked.ts';
import { ownSettings } from '../facts/other-client.ts';
import { subjectOf } from '../facts/subject.ts';
import { causesRead, otherRegistry, phraseOf, timeOfText } from '../facts/text-read.ts';
import { clientName } from '../words/client-name.ts';
import { platformText } from '../words/platform.ts';

/** What an error text was about, where the pull works now; empty where there is no text. */
export function textOutlived(evidence: Evidence): string {
  const { text } = evidence;
  if (!text) return '';
  const [first] = causesRead(evidence);
  if (!first) return 'The text holds no words that Pull Doctor knows.';
  const time = timeOfText(text);
  const from = time ? `The text is from ${time}: it` : 'The text';
  const said = `${from} says ${phraseOf(first) || 'what fits several causes'}`;
  const other = otherRegistry(evidence);
  if (other) return `${said}, and is about ${other}.`;
  if (ownSettings(evidence, first.cause))
    return `${said}; it comes from ${clientName(text.client ?? 'docker')}, which pulls in its own way.`;
  return `${said}; ${now(evidence, first.cause)}.`;
}

/** What holds now in place of what the text told of. */
function now(evidence: Evidence, cause: Cause): string {
  const { host, wanted, registryName } = subjectOf(evidence);
  switch (cause) {
    case 'dns-failure':
      return `now ${host} has an address`;
    case 'connection-failure':
    case 'registry-unavailable':
      return `now ${host} answers`;
    case 'proxy-failure':
      return `now the way to ${host} is open`;
    case 'plain-http-registry':
    case 'not-a-registry':
      return `now ${host} answers as a registry`;
    case 'tls-untrusted':
    case 'tls-invalid':
      return evidence.tls?.use === 'verified'
        ? `now the certificate of ${host} is accepted`
        : `now ${host} is reached`;
    case 'rate-limited':
      return `now ${registryName} lets the pull through`;
    case 'credentials-missing':
    case 'credentials-expired':
    case 'credentials-invalid':
      return asDocker(evidence) === 'signed-in'
        ? `now ${registryName} accepts the login`
        : `now ${registryName} gives the image without a login`;
    case 'access-denied':
      return 'now the image may be read';
    case 'repository-not-found':
      return 'now the repository is there';
    case 'tag-not-found':
      return `now ${wanted} is there`;
    case 'platform-mismatch': {
      const chosen = evidence.platform?.chosen;
      return chosen ? `now there is an image for ${platformText(chosen)}` : 'now the platform fits';
    }
    default:
      return 'Pull Doctor does not meet that now';
  }
}
