import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { CauseLink } from './CauseLink.tsx';
import styles from './CausePage.module.css';
import type { Inline } from './cause-page.ts';
import { plain } from './plain.ts';

/** Running text with its marks. The parts of one text never change their order. */
export function InlineText({ text }: { text: readonly Inline[] }): ReactNode {
  return text.map((part, index) => {
    const key = `${index}`;
    if (typeof part === 'string') return part;
    if ('code' in part)
      return (
        <code key={key} className={styles.code}>
          {part.code}
        </code>
      );
    if ('strong' in part)
      return (
        <strong key={key}>
          <InlineText text={part.strong} />
        </strong>
      );
    if ('em' in part)
      return (
        <em key={key}>
          <InlineText text={part.em} />
        </em>
      );
    if ('cause' in part)
      return (
        <CauseLink key={key} cause={part.cause} hash={part.hash}>
          {/* the pages name causes by their codes; people know them by their badges */}
          {plain(part.says) === part.cause ? null : <InlineText text={part.says} />}
        </CauseLink>
      );
    return (
      <a key={key} href={part.href} target="_blank" rel="noopener noreferrer" className={styles.external}>
        <InlineText text={part.says} />
        <Icon id="external" size="sm" />
        <span className="sr"> (opens in a new tab)</span>
      </a>
    );
  });
}
