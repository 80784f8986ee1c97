import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { takesLetters } from './keyboard.ts';

/** A new page is where the reading goes on; a page that focuses its own field keeps that. */
export function useMainFocus(main: { current: HTMLElement | null }): void {
  // the address of the page that is drawn, which follows the one that was asked for
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const last = useRef(pathname);
  useEffect(() => {
    const isFirst = last.current === undefined;
    if (last.current === pathname) return;
    last.current = pathname;
    if (isFirst) return;
    const focused = document.activeElement;
    if (!(focused && main.current?.contains(focused) && takesLetters(focused)))
      main.current?.focus({ preventScroll: true });
  }, [main, pathname]);
}
