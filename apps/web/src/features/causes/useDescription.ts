import { useEffect } from 'react';

/** The description of the document while a page is shown, for bookmarks and search engines inside a company. */
export function useDescription(text: string): void {
  useEffect(() => {
    const meta = document.createElement('meta');
    meta.name = 'description';
    meta.content = text;
    document.head.append(meta);
    return () => meta.remove();
  }, [text]);
}
