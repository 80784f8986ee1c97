import { useQuery } from '@tanstack/react-query';
import styles from './Layout.module.css';
import { sessionQuery } from './queries.ts';
import { Icon } from './ui/Icon.tsx';
import { useSignOut } from './useSignOut.ts';

/** How this browser is signed in, and the way out. */
export function SessionPlate() {
  const { data: session } = useQuery(sessionQuery);
  const signOut = useSignOut();
  return (
    <div className={styles.session}>
      <span className={styles.avatar}>
        <Icon id="user" size="sm" />
      </span>
      <div className={styles.hostText}>
        <b>Signed in</b>
        <small>{session ? `by ${session.who}` : ''}</small>
      </div>
      <button
        type="button"
        className={styles.iconButton}
        aria-label="Sign out"
        title="Sign out"
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        <Icon id="logout" />
      </button>
    </div>
  );
}
