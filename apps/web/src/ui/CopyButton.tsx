import { Button } from './Button.tsx';
import { useCopy } from './useCopy.ts';

/** Copies what `text` gives at the moment of the click. */
export function CopyButton({
  text,
  children,
  kind = 'quiet',
  size = 'md',
}: {
  text: () => string;
  children: string;
  kind?: 'normal' | 'quiet';
  size?: 'sm' | 'md' | 'lg';
}) {
  const { isCopied, failed, copy } = useCopy();
  return (
    <Button kind={kind} size={size} icon={isCopied ? 'check' : 'copy'} onClick={() => copy(text())}>
      {isCopied ? 'Copied' : failed ? 'Not copied' : children}
    </Button>
  );
}
