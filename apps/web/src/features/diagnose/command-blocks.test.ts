import type { Command } from '@pull-doctor/contract/finding';
import { describe, expect, it } from 'vitest';
import { blocksOf } from './command-blocks.ts';

const command = (system: Command['system'], text: string): Command => ({ system, command: text, says: '' });
const blocks = (...commands: Command[]) =>
  blocksOf(commands).map((block) => block.map(({ command: text }) => text));

describe('commands', () => {
  it('for several systems are one block with tabs', () => {
    expect(blocks(command('linux', 'a'), command('macos', 'b'), command('windows', 'c'))).toEqual([
      ['a', 'b', 'c'],
    ]);
  });

  it('for any system stand by themselves', () => {
    expect(blocks(command('any', 'a'), command('any', 'b'), command('linux', 'c'))).toEqual([
      ['a'],
      ['b'],
      ['c'],
    ]);
  });

  it('the second step on the same system begins a new block', () => {
    expect(blocks(command('linux', 'a'), command('windows', 'b'), command('linux', 'c'))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
  });
});
