import { useEffect, useRef, useState } from 'react';
import { announce } from '../announce.tsx';

const saysCopiedMs = 2000;

export interface Copy {
  /** For two seconds after. */
  isCopied: boolean;
  /** Why it could not be copied, where it could not. */
  failed: boolean;
  copy: (text: string) => void;
}

/** Puts text on the clipboard and says so for two seconds. */
export function useCopy(): Copy {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const say = (next: 'copied' | 'failed') => {
    setOutcome(next);
    announce(next === 'copied' ? 'Copied' : 'The browser did not allow copying');
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOutcome('none'), saysCopiedMs);
  };
  return {
    isCopied: outcome === 'copied',
    failed: outcome === 'failed',
    copy: (text) => {
      writeClipboard(text).then(
        () => say('copied'),
        () => say('failed'),
      );
    },
  };
}

// Without https (a team's server on a plain address) browsers offer no clipboard; the old command still works there.
async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr';
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error('copying was refused');
}
