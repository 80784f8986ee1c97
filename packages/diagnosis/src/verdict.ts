import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Finding } from '@pull-doctor/contract/finding';
import { asDocker, dockerManifestAsk } from './facts/asked.ts';
import { brokenConfig } from './facts/broken-config.ts';
import { shortDigest, subjectOf } from './facts/subject.ts';
import { isNamed, nameTheImage } from './facts/text-read.ts';
import { textOutlived } from './join/text-outlived.ts';
import { isForAnotherPlatform, pullWorks } from './pull-works.ts';
import { platformText } from './words/platform.ts';
import { text } from './words/sentence.ts';

/** The sentence on top: why the image cannot be pulled, that it can, or what is settled so far. */
export function verdictOf(
  evidence: Evidence,
  findings: readonly Finding[],
  pullable: 'yes' | 'no' | 'unknown',
): string {
  const [first] = findings;
  if (first && pullable !== 'yes') {
    const naming = isNamed(evidence, first.cause) ? '' : nameTheImage;
    return text(first.what, naming, isTextLeftOut(evidence, findings) ? textOutlived(evidence) : '');
  }
  if (pullable === 'yes') return text(works(evidence), ...warnings(evidence), textOutlived(evidence));
  return unsettled(evidence);
}

/** A text of what is over, beside a fact about the host that keeps the pull from working now. */
function isTextLeftOut(evidence: Evidence, findings: readonly Finding[]): boolean {
  const isTold = findings.some(({ restsOn }) => restsOn.some(({ step }) => step === 'text'));
  return evidence.text !== undefined && !isTold && pullWorks(evidence) === 'yes';
}

function works(evidence: Evidence): string {
  const { image } = subjectOf(evidence);
  const digest = evidence.pull?.digest ?? dockerManifestAsk(evidence)?.digest ?? null;
  const resolves = digest ? `resolves to ${shortDigest(digest)}` : 'is there';
  return `This pull works. ${image} ${resolves}, ${signedInAs(evidence)}.`;
}

function signedInAs(evidence: Evidence): string {
  const used = evidence.credentials?.used;
  if (asDocker(evidence) === 'anonymous' || !used) return 'without a sign-in';
  if (used.kind !== 'basic' || !used.user || used.user === '<token>') return `signed in with a stored token`;
  return `signed in as ${used.user}`;
}

function warnings(evidence: Evidence): string[] {
  const said: string[] = [];
  const broken = brokenConfig(evidence);
  if (broken) said.push(text(broken.what, consequence(evidence, broken.hides)));
  if (isForAnotherPlatform(evidence)) {
    const { available, wanted } = evidence.platform ?? { available: [], wanted: null };
    const platform = available[0] ? platformText(available[0]) : 'another platform';
    said.push(
      `The image is for ${platform}, not for ${wanted ? platformText(wanted) : 'this host'}: it is pulled, and will run only under emulation.`,
    );
  }
  return said;
}

function consequence(evidence: Evidence, hides: 'this-registry' | 'any-entry'): string {
  if (hides === 'this-registry') return 'This image needs no credential; others will.';
  return evidence.credentials?.used?.place === 'auths'
    ? 'Docker may lose other logins by it, this one too.'
    : '';
}

function unsettled(evidence: Evidence): string {
  const { image, host } = subjectOf(evidence);
  if (evidence.text && !evidence.reference) return text('The error text names no image.', nameTheImage);
  const notSeen = Object.values(evidence.notSeen);
  const isStopped = notSeen.some((one) => one?.code === 'stopped');
  const isFound = dockerManifestAsk(evidence)?.outcome === 'found';
  const settled = isFound
    ? `${image} is there and may be read; the platform was not settled.`
    : evidence.ping?.isRegistry === 'yes'
      ? `${host} is reached and is a registry; whether ${image} can be pulled was not settled.`
      : `Whether ${image} can be pulled was not settled.`;
  return isStopped ? `The diagnosis was stopped. ${settled}` : settled;
}
