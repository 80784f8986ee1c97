import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './Tooltip.module.css';

// the way of the pointer from the thing to its tooltip
const leaveMs = 120;
const gap = 6;
const margin = 8;

/**
 * Something that says more in a few lines: on hover, on keyboard focus, on tap. It stays while the pointer is on it and
 * closes with Esc (WCAG 1.4.13).
 */
export function Tooltip({
  lines,
  children,
  className,
}: {
  /** What it says, read when it opens. */
  lines: () => readonly string[];
  children: ReactNode;
  className?: string | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stay = () => clearTimeout(leaving.current);
  const leave = () => {
    stay();
    leaving.current = setTimeout(() => setOpen(false), leaveMs);
  };
  useEffect(() => () => clearTimeout(leaving.current), []);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={className ? `${styles.anchor} ${className}` : styles.anchor}
        aria-describedby={isOpen ? id : undefined}
        onPointerEnter={({ pointerType }) => {
          stay();
          if (pointerType === 'mouse') setOpen(true);
        }}
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && leave()}
        onFocus={({ target }) => target.matches(':focus-visible') && setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {isOpen && (
        <Bubble
          id={id}
          lines={lines()}
          anchor={anchor}
          onClose={() => setOpen(false)}
          onEnter={stay}
          onLeave={leave}
        />
      )}
    </>
  );
}

function Bubble({
  id,
  lines,
  anchor,
  onClose,
  onEnter,
  onLeave,
}: {
  id: string;
  lines: readonly string[];
  anchor: { current: Element | null };
  onClose: () => void;
  onEnter: () => void;
  onLeave: () => void;
}) {
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = bubble.current;
    const at = anchor.current?.getBoundingClientRect();
    if (!box || !at) return;
    const isRoomBelow = at.bottom + gap + box.offsetHeight + margin <= window.innerHeight;
    const left = Math.max(Math.min(at.left, window.innerWidth - box.offsetWidth - margin), margin);
    box.style.left = `${left}px`;
    box.style.top = `${isRoomBelow ? at.bottom + gap : Math.max(at.top - gap - box.offsetHeight, margin)}px`;
  }, [anchor]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // one layer at a time
      event.stopPropagation();
      onClose();
    };
    const onPointerDown = ({ target }: Event) => {
      if (target instanceof Node && !anchor.current?.contains(target) && !bubble.current?.contains(target))
        onClose();
    };
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('scroll', onClose, true);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('scroll', onClose, true);
    };
  }, [anchor, onClose]);
  return createPortal(
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      className={styles.bubble}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
    >
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>,
    document.body,
  );
}
