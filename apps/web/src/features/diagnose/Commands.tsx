import type { Command } from '@pull-doctor/contract/finding';
import { CommandBlock } from '../../ui/CommandBlock.tsx';
import { blocksOf } from './command-blocks.ts';
import styles from './VerdictCard.module.css';

const tabs: Record<Command['system'], string> = {
  any: 'Shell',
  linux: 'Linux',
  macos: 'macOS',
  windows: 'PowerShell',
};

/** The commands of a finding; those of one purpose for several systems stand in one block with tabs. */
export function Commands({ commands }: { commands: readonly Command[] }) {
  if (commands.length === 0) return null;
  return (
    <div className={styles.commands}>
      {blocksOf(commands).map((block) => (
        <CommandBlock
          key={block.map(({ command }) => command).join('\n')}
          choices={block.map(({ system, command, says }) => ({ tab: tabs[system], command, says }))}
        />
      ))}
    </div>
  );
}
