import { causeFacts } from '@pull-doctor/contract/causes';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { outcomeOfCause } from '../../outcome.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useTitle } from '../../useTitle.ts';
import { Blocks } from './Blocks.tsx';
import { CauseLink } from './CauseLink.tsx';
import styles from './CausePage.module.css';
import type { Block, CausePage } from './cause-page.ts';
import { besideCause, causesByFamily } from './families.ts';
import { InlineText } from './InlineText.tsx';
import { useDescription } from './useDescription.ts';

/** What a cause looks like, how it is told, what to do, and what it is when it is something else. */
export function CauseArticle({ page }: { page: CausePage }) {
  useTitle(page.title);
  useDescription(page.description);
  useHeadingOfAddress();
  const { cause } = page;
  const family = causesByFamily.find(({ family: id }) => id === causeFacts[cause].family);
  return (
    <article className={styles.page}>
      <header className={styles.head}>
        <nav className={styles.crumbs} aria-label="Where this page is">
          <Link to="/causes" activeOptions={{ exact: true }}>
            Causes and fixes
          </Link>
          <Icon id="right" size="sm" />
          <span>{family?.name}</span>
        </nav>
        <div className={styles.badges}>
          <StatusBadge {...outcomeOfCause(cause)} />
          <small>
            <code>{cause}</code>
          </small>
        </div>
        <h1>{page.title}</h1>
        {page.lead.length > 0 && (
          <p className={styles.lead}>
            <InlineText text={page.lead} />
          </p>
        )}
      </header>
      <aside className={styles.aside}>
        <Contents blocks={page.blocks} />
        <div className={styles.way}>
          <p>A diagnosis asks the registry, the network and this host, and says which of the causes it is.</p>
          <Link to="/diagnose" className={buttonClass({ kind: 'primary' })}>
            <Icon id="diagnose" />
            Diagnose an image
          </Link>
        </div>
      </aside>
      <div className={styles.body}>
        <Card label={page.title}>
          {partsOf(page.blocks).map((blocks, index) => (
            <section key={`${index}`} className={styles.part} aria-labelledby={idOf(blocks)}>
              <Blocks blocks={blocks} />
            </section>
          ))}
        </Card>
      </div>
      <Beside {...besideCause(cause)} />
    </article>
  );
}

/** The headings, to jump to. */
function Contents({ blocks }: { blocks: readonly Block[] }) {
  return (
    <nav className={styles.contents} aria-labelledby="contents">
      <h2 id="contents">On this page</h2>
      <ul>
        {blocks.map(
          (block) =>
            'heading' in block && (
              <li key={block.id} data-level={block.heading}>
                <Link to="." hash={block.id} activeOptions={{ includeHash: true }}>
                  <InlineText text={block.says} />
                </Link>
              </li>
            ),
        )}
      </ul>
    </nav>
  );
}

function Beside({ previous, next }: ReturnType<typeof besideCause>) {
  return (
    <nav className={styles.beside} aria-label="Previous and next cause">
      {previous && (
        <CauseLink cause={previous} className={buttonClass({ kind: 'quiet' })}>
          <Icon id="left" size="sm" />
          <span className="sr">Previous: </span>
          {causeFacts[previous].badge}
        </CauseLink>
      )}
      {next && (
        <CauseLink cause={next} className={buttonClass({ kind: 'quiet' })}>
          <span className="sr">Next: </span>
          {causeFacts[next].badge}
          <Icon id="right" size="sm" />
        </CauseLink>
      )}
    </nav>
  );
}

/** The blocks under each heading of the second level, and that heading. */
function partsOf(blocks: readonly Block[]): Block[][] {
  const parts: Block[][] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (last && !('heading' in block && block.heading === 2)) last.push(block);
    else parts.push([block]);
  }
  return parts;
}

function idOf([first]: readonly Block[]): string | undefined {
  return first && 'heading' in first ? first.id : undefined;
}

/** The heading that the address names is where the reading goes on, also for the keyboard. */
function useHeadingOfAddress(): void {
  const hash = useRouterState({ select: ({ location }) => location.hash });
  useEffect(() => {
    if (hash) document.getElementById(hash)?.focus({ preventScroll: true });
  }, [hash]);
}
