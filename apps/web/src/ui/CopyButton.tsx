import { Button } from './Button.tsx';
import { useCopy } from './useCopy.ts';

/** Copies what `text` gives at the moment of the click. */
export function CopyButton({
  text,
  children,
  kind = 'quiet',
  size = 'md',
}: {
  /** Null while there is nothing to copy yet. */
  text: (() => string) | null;
  children: string;
  kind?: 'normal' | 'quiet';
  size?: 'sm' | 'md' | 'lg';
}) {
  const { isCopied, failed, copy } = useCopy();
  return (
    <Button
      kind={kind}
      size={size}
      icon={isCopied ? 'check' : 'copy'}
      disabled={text === null}
      onClick={() => text && copy(text())}
    >
      {isCopied ? 'Copied' : failed ? 'Not copied' : children}
    </Button>
  );
}
