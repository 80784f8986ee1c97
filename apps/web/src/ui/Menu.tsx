import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Icon } from './Icon.tsx';
import styles from './Menu.module.css';

const gap = 6;
const margin = 8;
const items = '[role^=menuitem]';

interface TriggerProps {
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
  'aria-controls'?: string | undefined;
  onClick?: () => void;
}

/**
 * A button with a list under it. Arrow keys, Home, End and first letters move in it; Esc, Tab and a click elsewhere close
 * it, and the button has the focus again.
 */
export function Menu({
  trigger,
  children,
  align = 'start',
  onOpen,
}: {
  trigger: ReactElement<TriggerProps>;
  children: ReactNode;
  align?: 'start' | 'end';
  onOpen?: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const close = () => {
    setOpen(false);
    const button = anchor.current?.querySelector('button');
    button?.focus({ preventScroll: true });
  };
  return (
    <span ref={anchor} className={styles.anchor}>
      {cloneElement(trigger, {
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'aria-controls': isOpen ? id : undefined,
        onClick: () => {
          if (!isOpen) onOpen?.();
          setOpen(!isOpen);
        },
      })}
      {isOpen && (
        <Popup id={id} anchor={anchor} align={align} onClose={close} onLeave={() => setOpen(false)}>
          {children}
        </Popup>
      )}
    </span>
  );
}

function Popup({
  id,
  anchor,
  align,
  onClose,
  onLeave,
  children,
}: {
  id: string;
  anchor: { current: HTMLElement | null };
  align: 'start' | 'end';
  /** Closes, and gives the focus back. */
  onClose: () => void;
  /** Closes for something else that was clicked. */
  onLeave: () => void;
  children: ReactNode;
}) {
  const popup = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = popup.current;
    if (!box) return;
    // over everything, whatever it stands in
    box.showPopover?.();
    const place = () => {
      const at = anchor.current?.getBoundingClientRect();
      if (!at) return;
      const wished = align === 'start' ? at.left : at.right - box.offsetWidth;
      box.style.left = `${Math.max(Math.min(wished, window.innerWidth - box.offsetWidth - margin), margin)}px`;
      box.style.top = `${at.bottom + gap}px`;
      box.style.maxHeight = `${Math.max(window.innerHeight - at.bottom - gap - margin, 160)}px`;
    };
    place();
    (box.querySelector<HTMLElement>('[aria-checked=true]') ?? box.querySelector<HTMLElement>(items))?.focus({
      preventScroll: true,
    });
    const observer = new ResizeObserver(place);
    observer.observe(box);
    return () => observer.disconnect();
  }, [anchor, align]);
  useEffect(() => {
    const onPointerDown = ({ target }: Event) => {
      if (target instanceof Node && !popup.current?.contains(target) && !anchor.current?.contains(target))
        onLeave();
    };
    document.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('resize', onLeave);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('resize', onLeave);
    };
  }, [anchor, onLeave]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    const next = nextItem(popup.current, event);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };
  return (
    <div
      ref={popup}
      id={id}
      role="menu"
      tabIndex={-1}
      popover="manual"
      className={styles.menu}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        if (target instanceof Element && target.closest('[data-closes]')) onClose();
      }}
    >
      {children}
    </div>
  );
}

function nextItem(
  popup: HTMLElement | null,
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
): HTMLElement | undefined {
  const all = [...(popup?.querySelectorAll<HTMLElement>(items) ?? [])];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
  const begins = (item: HTMLElement) =>
    (item.textContent ?? '').trim().toLowerCase().startsWith(key.toLowerCase());
  return [...all.slice(at + 1), ...all.slice(0, at + 1)].find(begins);
}

/** Items that belong together, under a name. */
export function MenuGroup({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a menu holds groups and no field sets
    <div role="group" aria-labelledby={id}>
      <div id={id} className={styles.name}>
        {name}
      </div>
      {children}
    </div>
  );
}

/** Can be on or off; the menu stays open. */
export function MenuCheck({
  isOn,
  onChange,
  end,
  children,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={isOn}
      tabIndex={-1}
      className={styles.item}
      onClick={() => onChange(!isOn)}
    >
      <span className={styles.mark}>{isOn && <Icon id="check" size="sm" />}</span>
      <span className={styles.text}>{children}</span>
      {end !== undefined && <span className={styles.end}>{end}</span>}
    </button>
  );
}

/** One of several; the menu closes. */
export function MenuChoice({
  isOn,
  onChoose,
  end,
  children,
}: {
  isOn: boolean;
  onChoose: () => void;
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={isOn}
      tabIndex={-1}
      data-closes=""
      className={styles.item}
      onClick={onChoose}
    >
      <span className={styles.mark}>{isOn && <Icon id="check" size="sm" />}</span>
      <span className={styles.text}>{children}</span>
      {end !== undefined && <span className={styles.end}>{end}</span>}
    </button>
  );
}

/** Leads to a file. */
export function MenuDownload({ href, children, note }: { href: string; children: ReactNode; note: string }) {
  return (
    <a role="menuitem" tabIndex={-1} data-closes="" className={styles.item} href={href} download>
      <span className={styles.mark}>
        <Icon id="download" size="sm" />
      </span>
      <span className={styles.text}>
        {children}
        <small>{note}</small>
      </span>
    </a>
  );
}

/** Words in a menu that are nothing to choose. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}
