import { useSyncExternalStore } from 'react';
import { announce } from './announce.tsx';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const listeners = new Set<() => void>();
const root = document.documentElement;

/** The theme that was chosen; `system` where none was. The server writes the attribute from the cookie. */
export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => themeIn(root.dataset.theme),
  );
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  // a year; the server reads it to write data-theme into index.html
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari before 18.4
  document.cookie = `theme=${theme}; path=/; max-age=${theme === 'system' ? 0 : 31_536_000}; samesite=lax`;
  for (const listener of listeners) listener();
}

export function nextTheme(): void {
  const now = themes.indexOf(themeIn(root.dataset.theme));
  const next = themes[(now + 1) % themes.length] ?? 'system';
  setTheme(next);
  announce(`Theme: ${next}`);
}

const themeIn = (value: string | undefined): Theme =>
  value === 'light' || value === 'dark' ? value : 'system';
