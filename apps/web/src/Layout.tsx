import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { AttentionCount } from './AttentionCount.tsx';
import { Announcer } from './announce.tsx';
import { HostPlate } from './HostPlate.tsx';
import { takesLetters, useShortcuts } from './keyboard.ts';
import styles from './Layout.module.css';
import { LiveMark } from './LiveMark.tsx';
import { startLiveUpdates } from './live-updates.ts';
import { places, reference } from './places.ts';
import { hostQuery } from './queries.ts';
import { SessionPlate } from './SessionPlate.tsx';
import { useIsStale } from './StaleNote.tsx';
import { ThemeButton } from './ThemeButton.tsx';
import { nextTheme } from './theme.ts';
import { Icon } from './ui/Icon.tsx';
import { Mark } from './ui/Mark.tsx';
import { useMainFocus } from './useMainFocus.ts';

// dialogs load when one is opened: the first view does not carry them
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog.tsx'));
const MoreSheet = lazy(() => import('./MoreSheet.tsx'));

/** The shell: navigation, host, live mark, theme; the page in the middle. */
export function Layout() {
  const [dialog, setDialog] = useState<'none' | 'shortcuts' | 'more'>('none');
  const main = useRef<HTMLElement>(null);
  const isStale = useIsStale();
  const queryClient = useQueryClient();
  const { data: host } = useQuery(hostQuery);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const place = [...places, reference].findLast(({ to }) =>
    to === '/' ? pathname === '/' : pathname.startsWith(to),
  );

  useEffect(() => startLiveUpdates(queryClient), [queryClient]);
  useMainFocus(main);
  usePasteAnywhere();
  const navigate = useNavigate();
  useShortcuts(
    useMemo(
      () => ({
        diagnose: () => void navigate({ to: '/diagnose' }),
        field: () => void navigate({ to: '/diagnose' }),
        'go-overview': () => void navigate({ to: '/' }),
        'go-history': () => void navigate({ to: '/history' }),
        'go-registries': () => void navigate({ to: '/registries' }),
        theme: nextTheme,
        shortcuts: () => setDialog('shortcuts'),
      }),
      [navigate],
    ),
  );

  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <aside className={styles.side} aria-label="Pull Doctor">
        <Link to="/" className={styles.brand}>
          <Mark size={26} />
          <span className={styles.word}>Pull Doctor</span>
        </Link>
        <HostPlate />
        <nav aria-label="Main">
          {places.map(({ to, icon, name }) => (
            <Link key={to} to={to} className={styles.place} activeOptions={{ exact: to === '/' }}>
              <Icon id={icon} />
              <span className={styles.word}>{name}</span>
              {to === '/' && <AttentionCount />}
            </Link>
          ))}
        </nav>
        <div className={styles.space} />
        <nav aria-label="Reference">
          <Link to={reference.to} className={styles.place}>
            <Icon id={reference.icon} />
            <span className={styles.word}>{reference.name}</span>
          </Link>
        </nav>
        <button type="button" className={styles.place} onClick={() => setDialog('shortcuts')}>
          <Icon id="help" />
          <span className={styles.word}>Keyboard</span>
        </button>
        <SessionPlate />
      </aside>
      <header className={styles.top}>
        <div className={styles.phoneBrand}>
          <Mark size={26} />
          <b>{host?.name ?? 'Pull Doctor'}</b>
        </div>
        <div className={styles.crumb}>
          {/* from one thing of a list back to the list */}
          {place && pathname !== place.to ? <Link to={place.to}>{place.name}</Link> : place?.name}
        </div>
        <LiveMark />
        <ThemeButton />
      </header>
      <main id="main" ref={main} tabIndex={-1} className={styles.main} data-stale={isStale || undefined}>
        <Outlet />
      </main>
      <nav className={styles.bottom} aria-label="Main, on phones">
        {places.map(({ to, icon, shortName }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/' }}>
            <Icon id={icon} size="lg" />
            <span>{shortName}</span>
            {to === '/' && <AttentionCount />}
          </Link>
        ))}
        <button type="button" aria-haspopup="dialog" onClick={() => setDialog('more')}>
          <Icon id="more" size="lg" />
          <span>More</span>
        </button>
      </nav>
      <Announcer />
      <Suspense>
        {dialog === 'shortcuts' && <ShortcutsDialog onClose={() => setDialog('none')} />}
        {dialog === 'more' && <MoreSheet onClose={() => setDialog('none')} />}
      </Suspense>
    </div>
  );
}

/** What is pasted anywhere outside a field opens Diagnose with it. Nothing is sent by that. */
function usePasteAnywhere(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (takesLetters(event.target) || document.querySelector('[role=dialog]')) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!text.trim()) return;
      event.preventDefault();
      // what hides secrets comes with Diagnose, not with the first view
      void import('./draft.ts').then(({ setDraft }) => {
        setDraft(text);
        void navigate({ to: '/diagnose' });
      });
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [navigate]);
}
