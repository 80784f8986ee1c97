import { useEffect } from 'react';

export type ShortcutAction =
  | 'diagnose'
  | 'field'
  | 'next'
  | 'previous'
  | 'next-attempt'
  | 'previous-attempt'
  | 'show-new'
  | 'evidence'
  | 'copy-report'
  | 'again'
  | 'theme'
  | 'shortcuts'
  | 'go-overview'
  | 'go-history'
  | 'go-registries';

/** What a person reads in the list of shortcuts. */
export const shortcutList: readonly { keys: string[]; says: string }[] = [
  { keys: ['D'], says: 'Diagnose, with the field focused' },
  { keys: ['/'], says: 'The field of this page' },
  { keys: ['J', 'K'], says: 'Next or previous row or step' },
  { keys: ['[', ']'], says: 'Previous or next attempt, with one open' },
  { keys: ['.'], says: 'Show new attempts' },
  { keys: ['E'], says: 'Open or close all evidence' },
  { keys: ['C'], says: 'Copy the report, redacted' },
  { keys: ['R'], says: 'Check now, or diagnose again' },
  { keys: ['G', 'O'], says: 'Go to the overview' },
  { keys: ['G', 'D'], says: 'Go to Diagnose' },
  { keys: ['G', 'H'], says: 'Go to the history' },
  { keys: ['G', 'R'], says: 'Go to the registries' },
  { keys: ['Shift', 'T'], says: 'Theme: system, light, dark' },
  { keys: ['?'], says: 'This list' },
];

const afterG: Record<string, ShortcutAction> = {
  o: 'go-overview',
  d: 'diagnose',
  h: 'go-history',
  r: 'go-registries',
};
const single: Record<string, ShortcutAction> = {
  d: 'diagnose',
  '/': 'field',
  j: 'next',
  k: 'previous',
  '[': 'previous-attempt',
  ']': 'next-attempt',
  '.': 'show-new',
  e: 'evidence',
  c: 'copy-report',
  r: 'again',
  '?': 'shortcuts',
};

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** Whether the focus is in something that takes letters. */
  isInField: boolean;
}

/** What a key means, given that G was or was not pressed just before; nothing inside fields and with Ctrl, Alt, Cmd. */
export function actionOf(press: Press, isAfterG: boolean): ShortcutAction | 'g' | null {
  if (press.isInField || press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = press.key.toLowerCase();
  if (press.shiftKey && key === 't') return 'theme';
  if (press.shiftKey && key !== '?' && key !== '/') return null;
  if (isAfterG) return afterG[key] ?? null;
  if (key === 'g') return 'g';
  return single[key] ?? null;
}

const offKey = 'shortcuts';
/** Single-key shortcuts can be switched off (WCAG 2.1.4); the choice stays in this browser. */
export const areShortcutsOn = (): boolean => localStorage.getItem(offKey) !== 'off';
export function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(offKey);
  else localStorage.setItem(offKey, 'off');
}

/** Whether letters typed there belong to the thing itself. */
export function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])')
  );
}

const afterGMs = 1500;

/** Calls a handler of `handlers` for the keys that mean it, while mounted and no dialog is open. */
export function useShortcuts(handlers: Partial<Record<ShortcutAction, () => void>>): void {
  useEffect(() => {
    let gAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || !areShortcutsOn()) return;
      if (document.querySelector('[role=dialog], [role=menu]')) return;
      const isAfterG = event.timeStamp - gAt < afterGMs;
      gAt = Number.NEGATIVE_INFINITY;
      const action = actionOf(
        {
          key: event.key,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          altKey: event.altKey,
          shiftKey: event.shiftKey,
          isInField: takesLetters(event.target),
        },
        isAfterG,
      );
      if (action === 'g') gAt = event.timeStamp;
      const handler = action && action !== 'g' ? handlers[action] : undefined;
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [handlers]);
}
