import type { ConfigUser } from '@pull-doctor/contract/registries';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import styles from './UserSelect.module.css';

/** Chooses whose Docker configuration is looked at; nothing to choose, nothing shown. */
export function UserSelect({ users, user }: { users: readonly ConfigUser[]; user: string }) {
  const id = useId();
  const navigate = useNavigate();
  if (users.length < 2) return null;
  return (
    <div className={styles.select}>
      <label htmlFor={id}>Configuration of</label>
      <select
        id={id}
        value={user}
        title={users.find(({ name }) => name === user)?.path}
        onChange={({ target }) =>
          void navigate({ to: '.', search: (old) => ({ ...old, user: target.value }) })
        }
      >
        {users.map(({ name, state }) => (
          <option key={name} value={name}>
            {state === 'read' ? name : `${name} (${stateWords[state]})`}
          </option>
        ))}
      </select>
    </div>
  );
}

const stateWords = { absent: 'no config.json', unreadable: 'not readable', malformed: 'broken' };
