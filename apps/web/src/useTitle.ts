import { useEffect } from 'react';

/** The title of the tab: `Pull history, Pull Doctor`. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title}, Pull Doctor`;
  }, [title]);
}
