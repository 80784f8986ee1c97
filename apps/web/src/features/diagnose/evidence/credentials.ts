import type {
  CredentialSource,
  CredentialsEvidence,
  Expiry,
  UsedCredential,
} from '@pull-doctor/contract/evidence/credentials';
import type { EvidenceBlock, EvidenceRow } from '../../../ui/EvidencePanel.tsx';
import { durationText, momentText } from '../../../ui/time-text.ts';
import { listed } from './network.ts';

const sourceWords: Record<CredentialSource['state'], string> = {
  used: 'used',
  'passed-over': 'passed over',
  broken: 'broken',
  absent: 'not there',
};

export function credentialsBlocks(credentials: CredentialsEvidence): EvidenceBlock[] {
  const { file, sources, used, helper, deadEntries, notes, environment } = credentials;
  return [
    {
      title: 'Where Docker looks, in its order',
      rows: [
        { label: 'Looks up', value: credentials.lookupKey },
        ...sources.map(
          ({ place, key, state, why }): EvidenceRow => ({
            label: place,
            value: `${key ? `${key}: ` : ''}${sourceWords[state]}, ${why}`,
            isMarked: state === 'broken',
          }),
        ),
        ...(environment.what ? [{ label: 'Environment', value: environment.what }] : []),
      ],
    },
    ...(used ? [{ title: 'The credential that is sent', rows: usedRows(used) }] : []),
    {
      title: 'The file',
      rows: [
        { label: 'Path', value: file.path },
        { label: 'State', value: `${file.state}, as user ${file.readAs}` },
        ...(file.owner
          ? [{ label: 'Owner, mode', value: `${file.owner}${file.mode ? `, ${file.mode}` : ''}` }]
          : []),
        ...file.faults.map(({ what, line, column, key }) => ({
          label: line === null ? (key ?? 'Fault') : `Line ${line}${column === null ? '' : `:${column}`}`,
          value: what,
          isMarked: true,
        })),
        ...deadEntries.map(({ key, why }) => ({ label: 'Never read', value: `${key}: ${why}` })),
        ...listed('Notes', notes),
      ],
    },
    ...(helper
      ? [
          {
            title: `The helper ${helper.program}`,
            rows: [
              { label: 'Found at', value: helper.foundAt ?? 'nowhere' },
              {
                label: 'Outcome',
                value: helper.outcome,
                isMarked: helper.outcome !== 'answered' && helper.outcome !== 'not-found',
              },
              ...(helper.exitStatus === null
                ? []
                : [{ label: 'Exit status', value: String(helper.exitStatus) }]),
              ...(helper.message ? [{ label: 'It says', value: helper.message, isMarked: true }] : []),
              { label: 'Took', value: durationText(helper.ms) },
            ],
            folded: { title: 'Folders that were searched', rows: listed('PATH', helper.searched) },
          },
        ]
      : []),
  ];
}

function usedRows(used: UsedCredential): EvidenceRow[] {
  return [
    {
      label: 'From',
      value: `${used.place}, ${used.key}${used.helper ? `, by docker-credential-${used.helper}` : ''}`,
    },
    ...(used.user ? [{ label: 'User', value: used.user }] : []),
    {
      label: used.kind === 'basic' ? 'Password' : 'Token',
      value: `[redacted ${used.secretLength.toLocaleString('en')} chars]${used.looksLike ? ` ${used.looksLike}` : ''}`,
    },
    { label: 'Ends', value: expiryText(used.expiry) },
  ];
}

function expiryText({ state, endsAt, source }: Expiry): string {
  const words = {
    ends: endsAt ? momentText(endsAt) : 'at an unknown time',
    'no-expiry': 'never',
    unknown: 'unknown',
    'renews-itself': 'renews itself',
  };
  return `${words[state]} (${source})`;
}
