import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { certificateFaults, clockThatMakesItValid, leafOf } from '../../facts/certificate.ts';
import { onHost } from '../../facts/commands.ts';
import { firstFailure, kindOf, type PlaceOfFailure } from '../../facts/failure.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { duration } from '../../words/duration.ts';
import { day, secondsBetween } from '../../words/instant.ts';
import { list, quoted } from '../../words/sentence.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const tlsInvalid = defineRule({
  cause: 'tls-invalid',
  decides: 'The dates and names of the certificate that the registry shows.',
  needs: ['reference'],

  examine(evidence) {
    const { leaf: faults, trust } = certificateFaults(evidence);
    const isTime = faults.includes('expired') || faults.includes('not-yet-valid');
    if (isTime && clockThatMakesItValid(evidence)) return;
    const said = faults.length > 0 ? certificateFault(evidence, faults) : handshakeFault(evidence);
    if (!said) return;
    return {
      certainty: 'confirmed',
      confirmedBy: 'probe',
      commands: [],
      wizard: 'trust-certificate',
      ...said,
      why:
        trust.length > 0
          ? `${said.why} Its issuer is not trusted either: that is the next obstacle.`
          : said.why,
    };
  },

  rulesOut(evidence) {
    const { tls } = evidence;
    const leaf = leafOf(evidence);
    if (tls?.use === 'verified' && leaf) return `The certificate is valid until ${day(leaf.notAfter)}.`;
    if (tls?.use === 'not-verified')
      return 'The daemon checks no certificate here: the registry is set as insecure.';
    if (tls?.use === 'plain-http') return 'No certificate is involved: plain http is used.';
    return;
  },

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: `Docker on ${hostName(evidence)} refuses the certificate of ${subjectOf(evidence).host}.`,
    todo: 'Tell the owner of the registry which certificate its name shows, and compare the clock of the Docker host.',
    commands: showCertificate(evidence),
    wizard: 'trust-certificate',
  }),
});

type Said = Pick<RuleFinding, 'what' | 'why' | 'todo' | 'restsOn' | 'commands' | 'alternatives'>;

function certificateFault(evidence: Evidence, faults: readonly string[]): Said {
  const leaf = leafOf(evidence);
  const { host } = subjectOf(evidence);
  const serverName = evidence.tls?.serverName ?? host;
  const shared = { restsOn: ['tls'] as RuleFinding['restsOn'], commands: showCertificate(evidence) };
  const clock = {
    cause: 'clock-skew' as const,
    why: 'A host whose clock is off sees good certificates as out of their time.',
    decides: `Compare the clock of ${hostName(evidence)} with another one.`,
  };
  if (leaf && faults.includes('expired')) {
    const isAbove = secondsBetween(leaf.notAfter, evidence.now) < 0;
    const above = evidence.tls?.chain
      .slice(1)
      .find(({ notAfter }) => secondsBetween(notAfter, evidence.now) > 0);
    return {
      ...shared,
      what: isAbove
        ? `An authority above the certificate of ${host} has ended.`
        : `The certificate of ${host} ended on ${day(leaf.notAfter)}.`,
      why: isAbove
        ? `Its own certificate is valid until ${day(leaf.notAfter)}; ${above ? `${quoted(above.subject, 120)} ended on ${day(above.notAfter)}` : 'the one that signed it is not valid any more'}.`
        : `That was ${duration(secondsBetween(leaf.notAfter, evidence.now))} ago.`,
      todo: 'Tell the owner of the registry: only a new certificate helps.',
      alternatives: clockIsKnown(evidence) ? [] : [clock],
    };
  }
  if (leaf && faults.includes('not-yet-valid')) {
    return {
      ...shared,
      what: `The certificate of ${host} is valid only from ${day(leaf.notBefore)}.`,
      why: `By the clock here, it is ${day(evidence.now)}.`,
      todo: `Compare the clock of ${hostName(evidence)} first. If it is right, the owner of the registry must replace the certificate.`,
      alternatives: clockIsKnown(evidence) ? [] : [clock],
    };
  }
  if (faults.includes('wrong-name') || faults.includes('no-names')) {
    const names = leaf?.names ?? [];
    const isNameless = faults.includes('no-names') || names.length === 0;
    return {
      ...shared,
      what: isNameless
        ? `The certificate of ${host} names no host that Docker reads.`
        : `The certificate is for another name than ${serverName}.`,
      why: isNameless
        ? 'Docker reads the names in subjectAltName only; this certificate has its name in the common name, where it no longer counts.'
        : `It is valid for ${list(names.slice(0, 5).map((name) => name.replace(/^(?:DNS|IP):/, '')))}${names.length > 5 ? ' and others' : ''}.`,
      todo: isNameless
        ? 'The owner of the registry must make a certificate with its host in subjectAltName.'
        : 'Use one of these names in the image name, or have a certificate made for this one.',
    };
  }
  return {
    ...shared,
    what: `The certificate of ${host} is refused: ${list(faults)}.`,
    why: 'It was received, and does not meet what Docker asks of certificates.',
    todo: 'Tell the owner of the registry: only a new certificate helps.',
  };
}

/**
 * A handshake that ends without a usable connection. This holds for insecure registries too: they skip the check of the
 * certificate, not the protocol.
 */
function handshakeFault(evidence: Evidence): Said | null {
  const place = firstFailure(evidence);
  const needsOwn = evidence.tls?.clientCertificate === 'required' && evidence.tls.use === 'failed';
  if (!needsOwn && !(place && kindOf(place) === 'tls')) return null;
  // What stands on the port speaks no TLS at all: see plain-http-registry and not-a-registry.
  if (evidence.tls?.plain && evidence.tls.plain.speaks !== 'nothing') return null;
  const { host } = subjectOf(evidence);
  if (needsOwn || place?.failure.code === 'certificate-required') {
    const folder = `/etc/docker/certs.d/${host}`;
    return {
      what: `${host} wants a certificate from the client.`,
      why: 'It ends the handshake because Docker shows none.',
      todo: `Get a client certificate from the owner of the registry and put it into ${folder} as client.cert and client.key. Docker reads them at the next connection.`,
      commands: [
        onHost(
          evidence,
          'linux',
          `sudo install -D -m 0600 -t ${shellWord(folder)} client.cert client.key`,
          'puts the pair where the daemon looks for it. It needs root, as the folder is the daemon’s.',
        ),
      ],
      restsOn: [place?.step ?? 'tls'],
    };
  }
  const at: PlaceOfFailure['step'] = place?.step ?? 'tls';
  const isOld = place?.failure.code === 'tls-protocol';
  return {
    what: isOld
      ? `${place?.host ?? host} speaks no version of TLS that Docker takes.`
      : `The TLS handshake with ${place?.host ?? host} fails.`,
    why: isOld
      ? `Docker needs TLS 1.2 or newer. The handshake ended with ${quoted(place?.failure.message ?? '')}.`
      : `It ended with ${quoted(place?.failure.message ?? '')}.`,
    todo: isOld
      ? 'The owner of the registry must turn on TLS 1.2 or 1.3.'
      : 'Tell the owner of the registry what the handshake ended with.',
    commands: showCertificate(evidence),
    restsOn: [at],
  };
}

function clockIsKnown({ ping, daemon }: Evidence): boolean {
  return typeof ping?.clockOffsetSeconds === 'number' || typeof daemon?.info?.clockOffsetSeconds === 'number';
}

function showCertificate(evidence: Evidence) {
  const endpoint = evidence.reference?.endpoint;
  if (!endpoint) return [];
  const connect = shellWord(`${endpoint.host}:${endpoint.port}`);
  return [
    onHost(
      evidence,
      'any',
      `openssl s_client -connect ${connect} -servername ${shellWord(endpoint.host.replace(/^\[|\]$/g, ''))} < /dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName`,
      'shows whose certificate it is, who signed it, its dates and its names.',
    ),
  ];
}
