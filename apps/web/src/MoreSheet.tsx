import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { daemonWord } from './HostPlate.tsx';
import { reference } from './places.ts';
import { hostQuery, sessionQuery } from './queries.ts';
import styles from './ShortcutsDialog.module.css';
import { setTheme, themes, useTheme } from './theme.ts';
import { Button, buttonClass } from './ui/Button.tsx';
import { Dialog } from './ui/Dialog.tsx';
import { Icon } from './ui/Icon.tsx';
import { useSignOut } from './useSignOut.ts';

const words = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** What has no room in the bottom bar of a phone: host, theme, the reference, the way out. */
export default function MoreSheet({ onClose }: { onClose: () => void }) {
  const { data: host } = useQuery(hostQuery);
  const { data: session } = useQuery(sessionQuery);
  const theme = useTheme();
  const signOut = useSignOut();
  return (
    <Dialog title="More" onClose={onClose}>
      <dl className={styles.facts}>
        <dt>Host</dt>
        <dd>{host ? `${host.name}, user ${host.user}` : 'not known yet'}</dd>
        <dt>Daemon</dt>
        <dd>{host ? daemonWord(host) : 'not known yet'}</dd>
        <dt>Signed in</dt>
        <dd>{session ? `by ${session.who}` : ''}</dd>
      </dl>
      <fieldset className={styles.choices}>
        <legend>Theme</legend>
        {themes.map((choice) => (
          <label key={choice} className={styles.choice}>
            <input type="radio" name="theme" checked={theme === choice} onChange={() => setTheme(choice)} />
            {words[choice]}
          </label>
        ))}
      </fieldset>
      <div className={styles.list}>
        <Link to={reference.to} className={buttonClass({})} onClick={onClose}>
          <Icon id={reference.icon} />
          {reference.name}
        </Link>
        <Button icon="logout" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out
        </Button>
      </div>
    </Dialog>
  );
}
