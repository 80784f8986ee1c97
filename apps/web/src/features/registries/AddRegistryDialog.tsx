import { addRegistry } from '@pull-doctor/contract/registries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useRef, useState } from 'react';
import { ApiError, call } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './AddRegistryDialog.module.css';
import { endOfDay } from './entered-end.ts';
import { Field } from './Field.tsx';

const hostCharactersMax = 4096;

/** Names a registry to watch. The server reads what was typed; what it does not understand it says beside the field. */
export default function AddRegistryDialog({
  host: given = '',
  onClose,
}: {
  host?: string;
  onClose: () => void;
}) {
  const [host, setHost] = useState(given);
  const [day, setDay] = useState('');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const add = useMutation({
    mutationFn: () =>
      call(addRegistry, { body: { host: host.trim(), ...(day ? { endsAt: endOfDay(day) } : {}) } }),
    onSuccess: ({ row }) => {
      void queryClient.invalidateQueries({ queryKey: ['registries'] });
      onClose();
      void navigate({ to: '/registries/$host', params: { host: row.host } });
    },
    onError: () => field.current?.focus(),
  });
  const says =
    add.error && [add.error.message, add.error instanceof ApiError ? add.error.todo : ''].join(' ');
  return (
    <Dialog title="Add a registry" onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (host.trim() === '') field.current?.focus();
          else add.mutate();
        }}
      >
        <Field
          id={`${id}-host`}
          label="Registry host"
          help="As in image names, with its port. An address or an image name is understood too."
          error={says}
        >
          {(described) => (
            <input
              ref={field}
              id={`${id}-host`}
              data-mono=""
              value={host}
              placeholder="ghcr.io"
              maxLength={hostCharactersMax}
              autoComplete="off"
              autoCapitalize="off"
              autoCorrect="off"
              spellCheck={false}
              enterKeyHint="done"
              {...described}
              onChange={({ target }) => {
                setHost(target.value);
                add.reset();
              }}
            />
          )}
        </Field>
        <Field
          id={`${id}-end`}
          label="Its credential ends on"
          help="Only where neither credential nor registry tells its end. Counted to the end of that day, UTC."
          error={null}
          isOptional
        >
          {(described) => (
            <input
              id={`${id}-end`}
              type="date"
              value={day}
              {...described}
              onChange={({ target }) => setDay(target.value)}
            />
          )}
        </Field>
        <div className={styles.actions}>
          <Button
            kind="primary"
            type="submit"
            disabled={add.isPending}
            {...(add.isPending ? { icon: 'running' as const } : {})}
          >
            {add.isPending ? 'Adding the registry' : 'Add the registry'}
          </Button>
          <span>It is checked at once, with the credential that Docker has for it.</span>
        </div>
      </form>
    </Dialog>
  );
}
