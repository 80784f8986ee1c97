import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Command } from '@pull-doctor/contract/finding';
import { certificateFaults, leafOf } from '../../facts/certificate.ts';
import { onHost } from '../../facts/commands.ts';
import { firstFailure, kindOf } from '../../facts/failure.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { list, quoted, text } from '../../words/sentence.ts';
import { shellWord } from '../../words/shell-word.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const tlsUntrusted = defineRule({
  cause: 'tls-untrusted',
  decides: 'Who signed the certificate that the registry shows, and whether the daemon trusts it.',
  needs: ['reference'],

  examine(evidence) {
    const { leaf, trust } = certificateFaults(evidence);
    // A certificate that is also out of date or for another name is refused for that first: see tls-invalid.
    if (leaf.length > 0) return;
    const place = firstFailure(evidence);
    if (place?.step === 'token' && kindOf(place) === 'untrusted') return ofTokenServer(evidence, place.host);
    if (trust.length === 0 && !(place && kindOf(place) === 'untrusted')) return;
    if (evidence.tls?.interception.suspected) return intercepted(evidence);
    return privateAuthority(evidence, trust.includes('self-signed'), trust.includes('incomplete-chain'));
  },

  rulesOut(evidence) {
    const { tls } = evidence;
    if (tls?.use === 'verified') return `The certificate of ${tls.serverName} is trusted.`;
    if (tls?.use === 'not-verified')
      return 'The daemon checks no certificate here: the registry is set as insecure.';
    if (tls?.use === 'plain-http') return 'No certificate is involved: plain http is used.';
    return;
  },

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: `Docker on ${hostName(evidence)} does not trust this certificate's issuer.`,
    todo: `Give the daemon the certificate of the authority: ${caFolder(evidence)}/ca.crt. It is read at the next connection, without a restart.`,
    commands: trustAuthority(evidence),
    wizard: 'trust-certificate',
  }),
});

function privateAuthority(evidence: Evidence, isSelfSigned: boolean, isIncomplete: boolean): RuleFinding {
  const leaf = leafOf(evidence);
  const issuer = leaf ? quoted(leaf.issuer, 120) : 'an authority that was not shown';
  return {
    certainty: 'confirmed',
    confirmedBy: 'probe',
    what: `${hostName(evidence)} does not trust this certificate's issuer.`,
    why: isSelfSigned
      ? `${subjectOf(evidence).host} shows a certificate that it signed itself. ${trusted(evidence)}`
      : isIncomplete
        ? `${subjectOf(evidence).host} leaves out the certificate between its own and the authority: ${issuer} signed it. ${trusted(evidence)}`
        : `${subjectOf(evidence).host} shows a certificate signed by ${issuer}, which is no public authority. ${trusted(evidence)}`,
    todo: isIncomplete
      ? 'The owner of the registry must send the whole chain. Until then, the missing certificate can be trusted here like a private authority.'
      : `Get the certificate of the authority from the owner of the registry, compare its fingerprint, and put it into ${caFolder(evidence)}. Docker reads it at the next connection, without a restart.`,
    commands: trustAuthority(evidence),
    wizard: 'trust-certificate',
    restsOn: ['tls'],
  };
}

/** Somebody on the path opened the connection: certs.d does not help, since every host shows such a certificate. */
function intercepted(evidence: Evidence): RuleFinding {
  const leaf = leafOf(evidence);
  return {
    // That it is not trusted was seen; who made it is told by its names.
    certainty: 'very-likely',
    what: `The proxy shows its own certificate for ${subjectOf(evidence).host}.`,
    why: text(
      ...(evidence.tls?.interception.why ?? []),
      leaf ? `Its issuer is ${quoted(leaf.issuer, 120)}.` : '',
      trusted(evidence),
    ),
    todo: 'Add the authority of the inspecting proxy to the trust store of the system and restart the daemon: token and layer hosts show certificates of it too, so a folder for this one registry is not enough.',
    commands: [
      onHost(
        evidence,
        'linux',
        'sudo cp proxy-ca.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates && sudo systemctl restart docker',
        'trusts the authority in proxy-ca.crt, which the owner of the proxy gives out. It needs root to change what the system trusts; the restart stops containers unless live-restore is on.',
      ),
    ],
    wizard: 'trust-certificate',
    restsOn: ['tls', 'proxy'],
  };
}

function ofTokenServer(evidence: Evidence, host: string): RuleFinding {
  return {
    certainty: 'confirmed',
    confirmedBy: 'probe',
    what: `${hostName(evidence)} does not trust the certificate of ${host}, which hands out the tokens.`,
    why: `The registry sends Docker to ${host} for a token, and the issuer of the certificate there is not trusted.`,
    todo: `Put the certificate of its authority into ${caFolder(evidence)} as well: Docker uses that folder for the token server too.`,
    commands: trustAuthority(evidence),
    wizard: 'trust-certificate',
    restsOn: ['token'],
  };
}

function trusted({ tls }: Evidence): string {
  const sources = tls?.trust.sources ?? [];
  return sources.length > 0 ? `Trusted are the authorities in ${list(sources)}.` : '';
}

// The folder is named as in the image name, with the port where there is one, even if it is 443.
function caFolder(evidence: Evidence): string {
  const folder = subjectOf(evidence).host;
  switch (evidence.daemon?.info?.variant) {
    case 'rootless':
      return `~/.config/docker/certs.d/${folder}`;
    case 'snap':
      return `/var/snap/docker/current/etc/docker/certs.d/${folder}`;
    default:
      return `/etc/docker/certs.d/${folder}`;
  }
}

function trustAuthority(evidence: Evidence): Command[] {
  const { host } = subjectOf(evidence);
  if (evidence.daemon?.info?.variant === 'desktop') {
    return [
      onHost(
        evidence,
        'macos',
        'sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ca.crt',
        'trusts ca.crt for the whole system, which needs root. Restart Docker Desktop afterwards.',
      ),
      onHost(
        evidence,
        'windows',
        'Import-Certificate -FilePath ca.crt -CertStoreLocation Cert:\\LocalMachine\\Root',
        'trusts ca.crt for the whole system; run it as administrator. Restart Docker Desktop afterwards.',
      ),
    ];
  }
  const folder = caFolder(evidence);
  const isRootless = evidence.daemon?.info?.variant === 'rootless';
  const sudo = isRootless ? '' : 'sudo ';
  // The home folder's tilde must stay outside the quotes.
  const path = folder.startsWith('~') ? `~/${shellWord(folder.slice(2))}` : shellWord(folder);
  return [
    onHost(
      evidence,
      'linux',
      `${sudo}mkdir -p ${path} && ${sudo}cp ca.crt ${path}/ca.crt`,
      `trusts the authority in ca.crt for ${host} only.${isRootless ? '' : ' It needs root, as the folder is the daemon’s.'}`,
    ),
  ];
}
