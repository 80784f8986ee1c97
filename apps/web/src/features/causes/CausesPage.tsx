import { causeList } from 'virtual:cause-list';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useShortcuts } from '../../keyboard.ts';
import { moveFocus } from '../../move-focus.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useTitle } from '../../useTitle.ts';
import { CauseRow } from './CauseRow.tsx';
import styles from './CausesPage.module.css';
import { FoundCauses } from './FoundCauses.tsx';
import { causesByFamily } from './families.ts';
import { SearchField } from './SearchField.tsx';
import { useCauseSearch } from './useCauseSearch.ts';
import { useDescription } from './useDescription.ts';

const rows = '[data-row] a[href]';

/** The reference: every cause that Pull Doctor can name, by family or by what somebody typed. */
export function CausesPage() {
  useTitle('Causes and fixes');
  useDescription('Why a docker pull fails: every cause, how it is told, and what fixes it.');
  const field = useRef<HTMLInputElement>(null);
  const { q = '' } = useSearch({ from: '/shell/causes' });
  const search = useCauseSearch(q);
  const navigate = useNavigate();
  useShortcuts(
    useMemo(
      () => ({
        field: () => field.current?.select(),
        next: () => moveFocus(rows, 1),
        previous: () => moveFocus(rows, -1),
      }),
      [],
    ),
  );
  const openFirst = () => {
    const first = search.found?.[0];
    search.keep();
    if (first) void navigate({ to: '/causes/$code', params: { code: first.cause } });
  };
  // "unknown" is the page for when it is none of them
  const count = causeList.length - 1;
  return (
    <>
      <header className={styles.head}>
        <h1>{count} causes of a failed pull, and what fixes each</h1>
        <p>
          Search for what you know, or paste the line that was printed. It is searched here and sent to
          nobody.
        </p>
        <SearchField fieldRef={field} text={search.text} onText={search.setText} onEnter={openFirst} />
        {search.hasFailed && (
          <Banner
            tone="unknown"
            icon="unreachable"
            title="The search did not load."
            action={<Button onClick={() => window.location.reload()}>Load the page again</Button>}
          >
            The Pull Doctor server does not answer. The list below is complete.
          </Banner>
        )}
      </header>
      {search.found ? (
        <FoundCauses found={search.found} text={search.text} />
      ) : (
        <div className={styles.groups}>
          {causesByFamily.map(({ family, name, causes }) => (
            <Card key={family} title={name}>
              <ul className={styles.rows} aria-label={name}>
                {causes.map((cause) => (
                  <CauseRow key={cause} cause={cause} />
                ))}
              </ul>
            </Card>
          ))}
          <p>
            Which of them is it? <Link to="/diagnose">Diagnose an image</Link>: the registry, the network and
            this host are asked.
          </p>
        </div>
      )}
    </>
  );
}
