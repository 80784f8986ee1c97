import { causeFacts } from '@pull-doctor/contract/causes';
import type { MessageFailure, MessageReading } from '@pull-doctor/contract/message';
import type { EvidenceBlock, EvidenceRow } from '../../../ui/EvidencePanel.tsx';
import { momentText } from '../../../ui/time-text.ts';
import { clientText } from '../text/client-words.ts';
import { phrasesOf } from '../text/marked-text.ts';

/** How an error text was read, as lines: what its words say, what they leave open, and whatever else it tells. */
export function textBlocks(reading: MessageReading): EvidenceBlock[] {
  const others = reading.groups.slice(1);
  return [
    factsBlock(reading),
    {
      title: 'What its words say',
      rows: phrasesOf(reading.causes).map(({ start, end, phrase }) => ({
        label: `"${phrase}"`,
        value: meaningsOf(reading, start, end),
      })),
    },
    {
      title: 'What it may be, by the text alone',
      rows: reading.causes.map(({ cause, certainty, decides }) => ({
        label: causeFacts[cause].badge,
        value: `${certainty}${decides ? `. What decides: ${decides}` : ''}`,
      })),
    },
    ...(others.length > 0
      ? [{ title: 'Further failures of this text', rows: others.map((failure) => failureRow(failure)) }]
      : []),
  ];
}

const meaningsOf = ({ causes }: MessageReading, start: number, end: number): string[] => [
  ...new Set(
    causes
      .flatMap(({ signs }) => signs)
      .filter((sign) => sign.start === start && sign.end === end)
      .map(({ says }) => says),
  ),
];

/** What the text tells beside its cause. */
export function factsBlock(reading: MessageReading): EvidenceBlock {
  const { client, verb, image, registry, platform, status, credentialsSent, at } = reading;
  return {
    rows: [
      { label: 'Printed by', value: client ? clientText(client) : notSaid },
      ...(verb ? [{ label: 'During', value: verb }] : []),
      { label: 'Image', value: image ?? notSaid },
      ...(registry ? [{ label: 'Registry', value: registry }] : []),
      ...(platform ? [{ label: 'Platform', value: platform }] : []),
      { label: 'HTTP status', value: status === null ? notSaid : String(status) },
      { label: 'Credential', value: sent[credentialsSent] },
      { label: 'Time', value: at ? momentText(at) : notSaid },
    ],
  };
}

const notSaid = 'not in the text';
const sent = {
  yes: 'one was sent',
  no: 'none was sent',
  unknown: 'not in the text whether one was sent',
};

function failureRow({ image, causes }: MessageFailure): EvidenceRow {
  const [first] = causes;
  return { label: image ?? 'no image named', value: first ? causeFacts[first.cause].badge : '' };
}
