import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef } from 'react';
import { Announcer } from '../../announce.tsx';
import { useShortcuts } from '../../keyboard.ts';
import { reference } from '../../places.ts';
import { nextTheme } from '../../theme.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { useMainFocus } from '../../useMainFocus.ts';
import styles from './OpenLayout.module.css';

/** The frame of pages that are read without a session. It asks the server nothing and names no host. */
export function OpenLayout({ theme }: { theme: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const next = useRouterState({ select: ({ location }) => location.href });
  useMainFocus(main);
  useShortcuts(useMemo(() => ({ theme: nextTheme }), []));
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <header className={styles.top}>
        <Link to={reference.to} className={styles.brand} activeOptions={{ exact: true }}>
          <Mark size={26} />
          Pull Doctor
        </Link>
        <span className={styles.place}>{reference.name}</span>
        {theme}
        <Link to="/signin" search={{ next }} className={buttonClass({})}>
          Sign in
        </Link>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <Announcer />
    </>
  );
}
