import type {
  Challenge,
  ChallengeEvidence,
  ManifestAsk,
  ManifestBody,
  ManifestEvidence,
  PingEvidence,
  PlatformEvidence,
  TokenAsk,
  TokenEvidence,
} from '@pull-doctor/contract/evidence/registry';
import type { Platform } from '@pull-doctor/contract/image-reference';
import type { EvidenceBlock, EvidenceRow } from '../../../ui/EvidencePanel.tsx';
import { bytesText, momentText } from '../../../ui/time-text.ts';
import { exchangeBlock } from './exchange.ts';
import { listed } from './network.ts';

export function pingBlocks(ping: PingEvidence): EvidenceBlock[] {
  const rows: EvidenceRow[] = [
    { label: 'Registry', value: `${ping.isRegistry}: ${ping.why}`, isMarked: ping.isRegistry === 'no' },
    ...(ping.server ? [{ label: 'Server', value: ping.server }] : []),
    ...(ping.provider ? [{ label: 'Provider', value: ping.provider }] : []),
    ...(ping.clockOffsetSeconds === null
      ? []
      : [{ label: 'Its clock', value: `${ping.clockOffsetSeconds} s from ours` }]),
  ];
  return [exchangeBlock('', ping.exchange, ping.isRegistry === 'no', rows)];
}

export function challengeBlocks({ challenges, chosen, realm, fault }: ChallengeEvidence): EvidenceBlock[] {
  return [
    {
      rows: [
        ...challenges.map((challenge) => ({
          label: challenge.scheme,
          value: challengeText(challenge) || 'without parameters',
        })),
        ...(challenges.length === 0
          ? [{ label: 'Challenge', value: 'none: the registry asks for nothing' }]
          : []),
        ...(challenges.length > 1 && chosen ? [{ label: 'Answered', value: chosen.scheme }] : []),
        ...(realm
          ? [
              {
                label: 'Realm',
                value: `${realm.url}: ${realm.allowed ? 'asked' : 'not asked'}, ${realm.why}`,
                isMarked: !realm.allowed,
              },
            ]
          : []),
        ...(fault ? [{ label: 'Fault', value: fault, isMarked: true }] : []),
      ],
    },
  ];
}

const challengeText = ({ realm, service, scope, error }: Challenge): string =>
  Object.entries({ realm, service, scope, error })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');

export function tokenBlocks({ signedIn, anonymous, login }: TokenEvidence): EvidenceBlock[] {
  return [
    ...(signedIn ? [tokenAskBlock('With the stored credential', signedIn, true)] : []),
    ...(login ? [loginBlock(login)] : []),
    ...(anonymous
      ? [foldedUnless(signedIn === null, tokenAskBlock('Without a credential', anonymous, false))]
      : []),
  ];
}

function tokenAskBlock(title: string, ask: TokenAsk, isDecisive: boolean): EvidenceBlock {
  const rows: EvidenceRow[] = [
    { label: 'Outcome', value: `${ask.outcome}${ask.why ? `: ${ask.why}` : ''}` },
    ...(ask.token?.grants
      ? [{ label: 'It allows', value: ask.token.grants.length > 0 ? ask.token.grants : ['nothing'] }]
      : []),
    ...(ask.token?.expiresAt ? [{ label: 'It ends', value: momentText(ask.token.expiresAt) }] : []),
  ];
  return ask.exchange ? exchangeBlock(title, ask.exchange, isDecisive, rows) : { title, rows };
}

function loginBlock({ outcome, why, exchange }: NonNullable<TokenEvidence['login']>): EvidenceBlock {
  const title = 'The credential by itself';
  const rows: EvidenceRow[] = [{ label: outcome, value: why, isMarked: outcome === 'refused' }];
  return exchange ? exchangeBlock(title, exchange, true, rows) : { title, rows };
}

export function manifestBlocks(manifest: ManifestEvidence): EvidenceBlock[] {
  const { rateLimit, suggestions, tags, body, bodyNotRead } = manifest;
  return [
    {
      rows: [
        { label: 'Wanted', value: manifest.wanted },
        {
          label: 'Repository',
          value: `${existence[manifest.repository.exists]}: ${manifest.repository.why}`,
        },
        ...(tags ? listed('Near tags', tags.near) : []),
        ...(tags
          ? [{ label: 'Tags seen', value: `${tags.seen}${tags.complete ? '' : ', more were not read'}` }]
          : []),
        ...suggestions.map(({ reference, why, proof }) => ({
          label: 'Instead',
          value: `${reference}: ${why} (${proof})`,
        })),
        ...(rateLimit && rateLimit.limit !== null
          ? [
              {
                label: 'Pulls left',
                value: `${rateLimit.remaining ?? 'unknown'} of ${rateLimit.limit}${rateLimit.source ? `, counted for ${rateLimit.source}` : ''}`,
              },
            ]
          : []),
        ...(rateLimit && rateLimit.retryAfterSeconds !== null
          ? [{ label: 'Retry after', value: `${rateLimit.retryAfterSeconds} s`, isMarked: true }]
          : []),
        ...(bodyNotRead ? [{ label: 'Body', value: `not asked for: ${bodyNotRead}` }] : []),
      ],
    },
    ...(body ? [bodyBlock('The manifest', body)] : []),
    ...(manifest.signedIn
      ? manifestAskBlocks('With the credential', manifest.signedIn, manifest.asDocker)
      : []),
    ...(manifest.anonymous
      ? manifestAskBlocks('Without a credential', manifest.anonymous, manifest.asDocker)
      : []),
    ...(tags?.exchange ? [folded(exchangeBlock('The list of tags', tags.exchange))] : []),
  ];
}

const existence = { yes: 'exists', no: 'does not exist', unknown: 'cannot be told' };

function manifestAskBlocks(title: string, ask: ManifestAsk, asDocker: ManifestAsk['as']): EvidenceBlock[] {
  const isDecisive = ask.as === asDocker;
  const whole = isDecisive ? `${title}, as Docker asks` : title;
  return [
    foldedUnless(
      isDecisive && ask.get === null,
      exchangeBlock(whole, ask.head, isDecisive && ask.get === null),
    ),
    ...(ask.get ? [foldedUnless(isDecisive, exchangeBlock(`${whole}: the body`, ask.get, isDecisive))] : []),
  ];
}

const folded = (block: EvidenceBlock): EvidenceBlock => ({ ...block, isFolded: true });
const foldedUnless = (isDecisive: boolean, block: EvidenceBlock): EvidenceBlock =>
  isDecisive ? block : folded(block);

function bodyBlock(title: string, body: ManifestBody): EvidenceBlock {
  return {
    title,
    rows: [
      { label: 'Kind', value: `${body.kind}, ${body.mediaType}` },
      { label: 'Digest', value: body.digestComputed, isMarked: body.digestMatches === false },
      ...(body.digestMatches === false
        ? [{ label: 'But', value: 'the registry names another digest for it', isMarked: true }]
        : []),
      ...(body.why ? [{ label: 'Note', value: body.why }] : []),
      ...listed('Platforms', body.platforms.map(platformText)),
      ...(body.image
        ? [
            {
              label: 'Layers',
              value: `${body.image.layers.length}, ${bytesText(body.image.compressedBytes)} compressed`,
            },
          ]
        : []),
    ],
  };
}

export function platformBlocks(platform: PlatformEvidence): EvidenceBlock[] {
  const from = { asked: 'asked for', daemon: "the daemon's", machine: "this machine's" };
  return [
    {
      rows: [
        { label: 'Wanted', value: `${platformText(platform.wanted)}, ${from[platform.wantedFrom]}` },
        { label: 'Fits', value: `${platform.fits}: ${platform.why}`, isMarked: platform.fits === 'no' },
        ...listed('Available', platform.available.map(platformText)),
        ...(platform.chosen ? [{ label: 'Chosen', value: platformText(platform.chosen) }] : []),
      ],
    },
    ...(platform.image ? [bodyBlock('The image for it', platform.image)] : []),
  ];
}

export const platformText = ({ os, architecture, variant }: Platform): string =>
  [os, architecture, variant].filter(Boolean).join('/');
