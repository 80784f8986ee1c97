import type { EvidenceBlock, EvidenceRow } from './EvidencePanel.tsx';

/** Evidence as lines of plain text, for the clipboard and the report. */
export function evidenceText(blocks: readonly EvidenceBlock[]): string {
  return blocks
    .map(({ title, rows, folded }) =>
      [...(title ? [`${title}:`] : []), ...lines(rows), ...lines(folded?.rows ?? [])].join('\n'),
    )
    .join('\n');
}

const lines = (rows: readonly EvidenceRow[]): string[] =>
  rows.flatMap(({ label, value }) =>
    (typeof value === 'string' ? [value] : value).map((line, index) =>
      index === 0 ? `${label}: ${line}` : `  ${line}`,
    ),
  );
