import type { Inline } from './cause-page.ts';

/** The words of running text, without its marks. */
export function plain(inlines: readonly Inline[]): string {
  return inlines
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return part.code;
      return plain('strong' in part ? part.strong : 'em' in part ? part.em : part.says);
    })
    .join('');
}
