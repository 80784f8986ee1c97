import { Link } from '@tanstack/react-router';
import { setDraft } from '../../draft.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { countText } from '../../ui/time-text.ts';
import { CauseRow } from './CauseRow.tsx';
import styles from './CausesPage.module.css';
import { FoundMessage } from './FoundMessage.tsx';
import type { Found } from './search.ts';

const parts: Record<string, string> = {
  'what-you-see': 'What you see',
  'what-happened': 'What happened',
  'how-pull-doctor-can-tell': 'How Pull Doctor can tell',
  'what-to-do': 'What to do',
  'when-it-is-something-else': 'When it is something else',
};

/** The causes that fit what was typed, the likeliest first; or that none does, and the way on. */
export function FoundCauses({ found, text }: { found: readonly Found[]; text: string }) {
  return (
    <div className={styles.groups}>
      <p role="status">
        {found.length > 0
          ? `${countText(found.length, 'cause')} with these words, the likeliest first`
          : 'No cause with these words'}
      </p>
      {found.length > 0 ? (
        <Card label="Found">
          <ol className={styles.rows} aria-label="Found">
            {found.map(({ cause, message, words, part }, index) => (
              <CauseRow key={cause} cause={cause} hash={part ?? undefined}>
                {message && !found.slice(0, index).some((before) => before.message === message) && (
                  <FoundMessage message={message} words={words} />
                )}
                {part && parts[part] && <small>Found under “{parts[part]}”</small>}
              </CauseRow>
            ))}
          </ol>
        </Card>
      ) : (
        <Card label="Nothing found">
          <EmptyState
            icon="search"
            title="No page has these words"
            actions={
              <Link
                to="/diagnose"
                className={buttonClass({ kind: 'primary' })}
                onClick={() => setDraft(text)}
              >
                Diagnose this text
              </Link>
            }
          >
            The pages hold the messages of Docker, containerd and the tools around them. A diagnosis reads
            other texts too, and asks the registry where the text names an image.
          </EmptyState>
        </Card>
      )}
    </div>
  );
}
