import { Link } from '@tanstack/react-router';
import { CommandBlock } from '../../ui/CommandBlock.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './CausePage.module.css';
import { CauseTable } from './CauseTable.tsx';
import type { Block } from './cause-page.ts';
import { InlineText } from './InlineText.tsx';
import { plain } from './plain.ts';

const tabs = { sh: 'Shell', powershell: 'PowerShell' } as const;
const files: Record<string, string> = { json: 'JSON', yaml: 'YAML', toml: 'TOML' };

/** The blocks of a cause's page, or of a part of it. Their order never changes. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => <OneBlock key={`${index}`} block={block} />);
}

function OneBlock({ block }: { block: Block }) {
  if ('heading' in block) return <Heading block={block} />;
  if ('paragraph' in block)
    return (
      <p>
        <InlineText text={block.paragraph} />
      </p>
    );
  if ('list' in block) {
    const List = block.isOrdered ? 'ol' : 'ul';
    return (
      <List className={styles.list}>
        {block.list.map((item, index) => (
          <li key={`${index}`}>
            <Blocks blocks={item} />
          </li>
        ))}
      </List>
    );
  }
  if ('rows' in block) return <CauseTable heads={block.heads} rows={block.rows} />;
  if ('messages' in block)
    return (
      <ul className={styles.messages} aria-label="Messages">
        {block.messages.filter(Boolean).map((line, index) => (
          <li key={`${index}`}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
    );
  if ('commands' in block)
    return (
      <CommandBlock choices={block.commands.map(({ shell, command }) => ({ tab: tabs[shell], command }))} />
    );
  if ('file' in block)
    return (
      <CommandBlock
        choices={[{ tab: files[block.language] ?? block.language, command: block.file, isFile: true }]}
      />
    );
  return (
    <blockquote className={styles.quote}>
      <Blocks blocks={block.quote} />
    </blockquote>
  );
}

function Heading({ block: { heading, id, says } }: { block: Extract<Block, { heading: unknown }> }) {
  const Level = `h${heading}` as const;
  return (
    <div className={styles.heading}>
      <Level id={id} tabIndex={-1}>
        <InlineText text={says} />
      </Level>
      <Link
        to="."
        hash={id}
        className={styles.anchor}
        activeOptions={{ includeHash: true }}
        aria-label={`Link to “${plain(says)}”`}
      >
        <Icon id="link" size="sm" />
      </Link>
    </div>
  );
}
