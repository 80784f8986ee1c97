import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';
import styles from './Drawer.module.css';
import type { DrawerProps } from './Drawer.tsx';
import { Icon } from './Icon.tsx';

/** A drawer on phones: a modal sheet from below. */
export default function DrawerSheet({ label, head, children, onClose }: DrawerProps) {
  const sheet = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root defaultOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.scrim} />
        <Dialog.Popup
          className={`${styles.drawer} ${styles.sheet}`}
          aria-label={label}
          ref={sheet}
          initialFocus={sheet}
          finalFocus={false}
        >
          <div className={styles.head}>
            {head}
            <Dialog.Close className={styles.button} aria-label="Close">
              <Icon id="x" />
            </Dialog.Close>
          </div>
          <div className={styles.body}>{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
