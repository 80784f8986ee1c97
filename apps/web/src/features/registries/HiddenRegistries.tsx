import { addRegistry, type RegistryBoard } from '@pull-doctor/contract/registries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Age } from '../../Age.tsx';
import { announce } from '../../announce.tsx';
import { call } from '../../api.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import styles from './RegistriesPage.module.css';

/** Registries that were found and hidden by a person, each with the way back. */
export function HiddenRegistries({ hidden, isStale }: { hidden: RegistryBoard['hidden']; isStale: boolean }) {
  const queryClient = useQueryClient();
  const show = useMutation({
    mutationFn: (host: string) => call(addRegistry, { body: { host } }),
    onSuccess: ({ row }) => {
      announce(`${row.name} is on the board again.`);
      void queryClient.invalidateQueries({ queryKey: ['registries'] });
    },
  });
  return (
    <div className={styles.hidden}>
      {show.error && <ProblemBanner error={show.error} title="It stays hidden." />}
      <Card title={`Hidden (${hidden.length})`}>
        <ul>
          {hidden.map(({ host, name, since }) => (
            <li key={host}>
              <span>
                <b>{name}</b>
                {name !== host && <code>{host}</code>}
              </span>
              <small>
                hidden <Age at={since} />
              </small>
              <Button size="sm" disabled={isStale || show.isPending} onClick={() => show.mutate(host)}>
                Show again<span className="sr"> {name}</span>
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
