import { addRegistry } from '@pull-doctor/contract/registries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { announce } from '../../../announce.tsx';
import { call } from '../../../api.ts';
import { Button } from '../../../ui/Button.tsx';
import { dayOf, endOfDay } from '../entered-end.ts';
import styles from './RegistryPage.module.css';

/** A date that a person knows, where neither the credential nor the registry tells its end. */
export function EnteredEnd({
  host,
  enteredEnd,
  isStale,
}: {
  host: string;
  enteredEnd: string | null;
  isStale: boolean;
}) {
  const [day, setDay] = useState(dayOf(enteredEnd));
  const id = useId();
  const queryClient = useQueryClient();
  const enter = useMutation({
    mutationFn: (endsAt: string | null) => call(addRegistry, { body: { host, endsAt } }),
    onSuccess: ({ row }, endsAt) => {
      announce(endsAt ? `The end of ${row.name} is entered.` : `The date of ${row.name} is removed.`);
      for (const name of ['registries', 'registry']) void queryClient.invalidateQueries({ queryKey: [name] });
    },
  });
  return (
    <form
      className={styles.entered}
      onSubmit={(event) => {
        event.preventDefault();
        if (day) enter.mutate(endOfDay(day));
      }}
    >
      <label htmlFor={id}>
        You know its last day?
        <input
          id={id}
          type="date"
          value={day}
          aria-describedby={`${id}-says`}
          onChange={({ target }) => setDay(target.value)}
        />
      </label>
      <Button
        size="sm"
        type="submit"
        disabled={isStale || enter.isPending || !day || day === dayOf(enteredEnd)}
      >
        Enter the date
      </Button>
      {enteredEnd && (
        <Button
          size="sm"
          kind="quiet"
          disabled={isStale || enter.isPending}
          onClick={() => {
            setDay('');
            enter.mutate(null);
          }}
        >
          Remove the date
        </Button>
      )}
      <p id={`${id}-says`} role={enter.error ? 'alert' : undefined}>
        {enter.error
          ? enter.error.message
          : 'Counted to the end of that day, UTC. What the credential or the registry says goes before it.'}
      </p>
    </form>
  );
}
