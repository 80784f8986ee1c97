import { CopyButton } from './CopyButton.tsx';
import styles from './EvidencePanel.module.css';
import { evidenceText } from './evidence-text.ts';
import { Redactable } from './Redactable.tsx';

export interface EvidenceRow {
  label: string;
  /** One line, or several that belong to the same label. */
  value: string | readonly string[];
  /** The part that the verdict rests on. */
  isMarked?: boolean;
}

/** Something that was seen: named facts, further ones to unfold, and the request as a command where it was one. */
export interface EvidenceBlock {
  title?: string;
  rows: readonly EvidenceRow[];
  folded?: { title: string; rows: readonly EvidenceRow[] };
  /** Beside the point: only the title is shown at first. Needs one. */
  isFolded?: boolean;
  curl?: string;
}

/** What a step saw, word for word and redacted. */
export function EvidencePanel({ blocks }: { blocks: readonly EvidenceBlock[] }) {
  return (
    <div className={styles.panel}>
      {blocks.map((block, index) => (
        // the blocks of one step never change their order
        <div key={index} className={styles.block}>
          {block.isFolded && block.title ? (
            <details className={styles.foldedBlock}>
              <summary>{block.title}</summary>
              <BlockBody block={block} />
            </details>
          ) : (
            <>
              {block.title && <h3>{block.title}</h3>}
              <BlockBody block={block} />
            </>
          )}
        </div>
      ))}
    </div>
  );
}

function BlockBody({ block }: { block: EvidenceBlock }) {
  return (
    <>
      <Rows rows={block.rows} />
      {block.folded && block.folded.rows.length > 0 && (
        <details className={styles.folded}>
          <summary>{block.folded.title}</summary>
          <Rows rows={block.folded.rows} />
        </details>
      )}
      <div className={styles.actions}>
        <CopyButton size="sm" text={() => evidenceText([block])}>
          Copy, redacted
        </CopyButton>
        {block.curl && (
          <CopyButton size="sm" text={() => block.curl ?? ''}>
            Copy as curl
          </CopyButton>
        )}
      </div>
    </>
  );
}

function Rows({ rows }: { rows: readonly EvidenceRow[] }) {
  return (
    <dl className={styles.rows}>
      {rows.map(({ label, value, isMarked }, index) => (
        <div key={index}>
          <dt>{label}</dt>
          {(typeof value === 'string' ? [value] : value).map((line, lineIndex) => (
            <dd key={lineIndex}>
              {isMarked ? (
                <mark>
                  <Redactable text={line} />
                </mark>
              ) : (
                <Redactable text={line} />
              )}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
