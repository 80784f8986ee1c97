import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { hostName, shortDigest, subjectOf } from '../../facts/subject.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const unsupportedImage = defineRule({
  cause: 'unsupported-image',
  decides: 'Of which kind manifest and layers are.',
  needs: ['manifest'],

  examine(evidence) {
    const seen =
      manifestOfAnotherKind(evidence) ?? layerOfAnotherForm(evidence) ?? zstdForOldDaemon(evidence);
    return seen
      ? { certainty: 'confirmed', confirmedBy: 'probe', wizard: 'daemon-and-host', ...seen }
      : undefined;
  },

  rulesOut(evidence) {
    const body = bodyOf(evidence);
    if (body?.kind !== 'image') return;
    const zstd = body.image?.layers.some(isZstd);
    return zstd ? undefined : 'Manifest and layers are of kinds that every Docker takes.';
  },

  staysOpen: (evidence) =>
    bodyOf(evidence)?.image?.layers.some(isZstd) && !evidence.daemon?.info
      ? 'the version of the daemon is known: layers in zstd need Docker 23 or newer, or the containerd store.'
      : undefined,

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: `${subjectOf(evidence).image} is of a kind that Docker on ${hostName(evidence)} cannot use.`,
    todo: 'Have the image built and pushed again with a current builder.',
    wizard: 'daemon-and-host',
  }),
});

type Body = NonNullable<NonNullable<Evidence['manifest']>['body']>;
type Layer = NonNullable<Body['image']>['layers'][number];
type Seen = Pick<RuleFinding, 'what' | 'why' | 'todo' | 'restsOn'> & Partial<RuleFinding>;

function bodyOf({ platform, manifest }: Evidence) {
  return platform?.image ?? manifest?.body ?? null;
}

function manifestOfAnotherKind(evidence: Evidence): Seen | null {
  const body = bodyOf(evidence);
  const { image } = subjectOf(evidence);
  const info = evidence.daemon?.info;
  if (body?.kind === 'schema-1') {
    // Off by default since 26, gone since 28.2: https://docs.docker.com/engine/deprecated/
    const isOff = info ? major(info.version) >= 26 : false;
    return {
      ...(isOff ? {} : { certainty: 'likely' as const }),
      what: `${image} is in schema 1, a format that Docker dropped.`,
      why: `Its manifest is ${body.mediaType}. Docker reads it no longer since version 26${info ? `, and ${hostName(evidence)} runs ${info.version}` : ''}.`,
      todo: 'Have the image pushed again by a current Docker: that writes a manifest of today. Its content stays the same.',
      restsOn: ['manifest'],
    };
  }
  if (body?.kind !== 'artifact') return null;
  const kind = body.image?.artifactType ?? body.image?.configMediaType ?? body.mediaType;
  const isChart = /helm/.test(kind);
  const stores = info?.store === 'containerd';
  return {
    ...(info ? {} : { certainty: 'very-likely' as const }),
    mayStillPull: stores,
    what: isChart
      ? `${image} is a Helm chart, not a container image.`
      : `${image} is an artifact, not a container image.`,
    why: `Its manifest says ${kind}.${stores ? ' The containerd store of this daemon would store it, and there is nothing in it to run.' : ''}`,
    todo: isChart ? 'Fetch it with Helm.' : 'Fetch it with the tool that it was made for, such as oras.',
    commands: isChart
      ? [
          {
            command: `helm pull oci://${chartAddress(evidence)}`,
            says: 'Fetches the chart into the current folder.',
            system: 'any',
          },
        ]
      : [],
    restsOn: ['manifest'],
  };
}

function chartAddress(evidence: Evidence): string {
  const reference = evidence.reference?.reference;
  const version = reference?.tag ? ` --version ${reference.tag}` : '';
  return `${reference?.registry}/${reference?.repository}${version}`;
}

/** A layer whose first bytes are not what its media type announces. */
function layerOfAnotherForm(evidence: Evidence): Seen | null {
  const layer = bodyOf(evidence)?.image?.layers.find(isMislabelled);
  if (!layer) return null;
  const { image } = subjectOf(evidence);
  return {
    what: `A layer of ${image} is not what its manifest says.`,
    why: `${shortDigest(layer.digest)} is announced as ${layer.mediaType}, and its first bytes are ${layer.form === 'other' ? 'of no form that an image can have' : `those of ${layer.form}`}. Docker fails when it unpacks it.`,
    todo: 'Have the image built and pushed again: the tool that pushed it wrote a wrong media type or a damaged layer.',
    restsOn: ['manifest', 'platform'],
  };
}

function isMislabelled({ mediaType, form }: Layer): boolean {
  if (form === 'unknown') return false;
  if (/zstd$/.test(mediaType)) return form !== 'zstd';
  // Docker looks at the bytes, not at the label, when it unpacks gzip and plain tar: only a form that is neither counts.
  return form === 'other';
}

/** zstd came with Docker 23 (moby 20.10 unpacks gzip, bzip2 and xz only); containerd has had it longer. */
function zstdForOldDaemon(evidence: Evidence): Seen | null {
  const info = evidence.daemon?.info;
  const layer = bodyOf(evidence)?.image?.layers.find(isZstd);
  if (!layer || !info || info.store === 'containerd' || major(info.version) >= 23) return null;
  const { image } = subjectOf(evidence);
  return {
    certainty: 'very-likely',
    what: `${image} has layers in zstd, which Docker ${info.version} cannot unpack.`,
    why: `${shortDigest(layer.digest)} is compressed with zstd; Docker reads that since version 23.`,
    todo: `Bring Docker on ${hostName(evidence)} to version 23 or newer, or have the image built with gzip.`,
    restsOn: ['manifest', 'daemon'],
  };
}

function isZstd({ mediaType, form }: Layer): boolean {
  return form === 'zstd' || /zstd$/.test(mediaType);
}

function major(version: string): number {
  return Number.parseInt(version, 10) || 0;
}
