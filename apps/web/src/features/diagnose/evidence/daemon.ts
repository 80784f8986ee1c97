import type { DaemonEvidence, DaemonInfo, PullEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { EvidenceBlock, EvidenceRow } from '../../../ui/EvidencePanel.tsx';
import { bytesText, clockText, durationText } from '../../../ui/time-text.ts';
import { listed } from './network.ts';

export function daemonBlocks(daemon: DaemonEvidence): EvidenceBlock[] {
  const { failure, info, disk, diskUnknown, localImage, similarLocal, log } = daemon;
  return [
    {
      rows: [
        { label: 'Address', value: `${daemon.address}, from ${daemon.addressFrom}` },
        ...(failure ? failureRows(failure) : []),
        ...(info ? infoRows(info) : []),
        disk
          ? {
              label: 'Image store',
              value: `${bytesText(disk.freeBytes)} free of ${bytesText(disk.totalBytes)} at ${disk.path}`,
            }
          : { label: 'Image store', value: diskUnknown ?? 'not seen' },
        ...(localImage
          ? [
              {
                label: 'Local image',
                value: localImage.present ? `present, ${localImage.id ?? 'id unknown'}` : 'not present',
              },
            ]
          : []),
        ...listed('Local, similar', similarLocal),
      ],
      ...(info ? { folded: { title: 'Settings of the daemon', rows: settingRows(info) } } : {}),
    },
    {
      title: "The daemon's log",
      rows: [
        { label: log.state, value: log.what },
        ...log.lines.map(({ at, line }) => ({ label: at ? `${clockText(at)} UTC` : '', value: line })),
      ],
    },
  ];
}

const failureRows = ({ code, message, owner }: NonNullable<DaemonEvidence['failure']>): EvidenceRow[] => [
  { label: 'Failure', value: code, isMarked: true },
  { label: 'Message', value: message, isMarked: true },
  ...(owner ? [{ label: 'Socket of', value: owner }] : []),
];

const infoRows = (info: DaemonInfo): EvidenceRow[] => [
  { label: 'Engine', value: `${info.version}, API ${info.apiVersion}, ${info.variant}` },
  { label: 'Platform', value: `${info.os}/${info.architecture}` },
  ...(info.clockOffsetSeconds === null
    ? []
    : [{ label: 'Its clock', value: `${info.clockOffsetSeconds} s from ours` }]),
];

const settingRows = (info: DaemonInfo): EvidenceRow[] => [
  { label: 'Name', value: info.name },
  { label: 'Store', value: `${info.store}, ${info.rootDir}` },
  { label: 'Mirrors', value: orNone(info.mirrors) },
  { label: 'Insecure', value: orNone(info.insecureRegistries) },
  { label: 'HTTP proxy', value: info.httpProxy ?? 'none' },
  { label: 'HTTPS proxy', value: info.httpsProxy ?? 'none' },
  { label: 'No proxy', value: info.noProxy ?? 'none' },
  ...listed('Warnings', info.warnings),
];

const orNone = (values: readonly string[]): readonly string[] => (values.length > 0 ? values : ['none']);

export function pullBlocks(pull: PullEvidence): EvidenceBlock[] {
  return [
    {
      rows: [
        { label: 'Outcome', value: pull.upToDate ? `${pull.outcome}, was up to date` : pull.outcome },
        ...(pull.message
          ? [{ label: 'Docker says', value: pull.message, isMarked: pull.outcome === 'failed' }]
          : []),
        ...(pull.httpStatus === null ? [] : [{ label: 'Status', value: String(pull.httpStatus) }]),
        ...(pull.during ? [{ label: 'During', value: pull.during }] : []),
        ...(pull.digest ? [{ label: 'Digest', value: pull.digest }] : []),
        { label: 'Loaded', value: `${bytesText(pull.bytes)} in ${pull.layers} layers` },
        { label: 'Took', value: durationText(pull.ms) },
      ],
    },
  ];
}
