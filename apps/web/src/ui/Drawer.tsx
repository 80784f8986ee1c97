import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import styles from './Drawer.module.css';
import { Icon } from './Icon.tsx';
import { useIsPhone } from './useIsPhone.ts';

// what a modal sheet needs loads where there is one
const DrawerSheet = lazy(() => import('./DrawerSheet.tsx'));

export interface DrawerProps {
  /** Its name. */
  label: string;
  /** What stands in its head, left of the button that closes it. */
  head: ReactNode;
  children: ReactNode;
  onClose: () => void;
}

/**
 * More about one thing of a list. On wide screens it stands beside the list, which stays usable; on phones it is a modal
 * sheet. Esc closes it. Giving the focus back is for the list to do, which knows its rows.
 */
export function Drawer(props: DrawerProps) {
  return useIsPhone() ? (
    <Suspense>
      <DrawerSheet {...props} />
    </Suspense>
  ) : (
    <SideDrawer {...props} />
  );
}

function SideDrawer({ label, head, children, onClose }: DrawerProps) {
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => drawer.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // one layer at a time: what is open over the drawer goes first, and a field empties itself
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role=dialog], [role=menu], [role=tooltip]')) return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <aside ref={drawer} className={styles.drawer} aria-label={label} tabIndex={-1}>
      <div className={styles.head}>
        {head}
        <button
          type="button"
          className={styles.button}
          aria-label="Close"
          title="Close (Esc)"
          onClick={onClose}
        >
          <Icon id="x" />
        </button>
      </div>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}

/** The look of a button with an icon in the head of a drawer. */
export const drawerButtonClass = styles.button;
