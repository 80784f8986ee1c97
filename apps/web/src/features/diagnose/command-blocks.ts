import type { Command } from '@pull-doctor/contract/finding';

/** Neighbours for different systems are one step that is done differently there; the rest follow each other. */
export function blocksOf(commands: readonly Command[]): Command[][] {
  const blocks: Command[][] = [];
  for (const command of commands) {
    const last = blocks.at(-1);
    const belongs =
      command.system !== 'any' && last?.every(({ system }) => system !== 'any' && system !== command.system);
    if (last && belongs) last.push(command);
    else blocks.push([command]);
  }
  return blocks;
}
