import { type RegistryDetail, removeRegistry } from '@pull-doctor/contract/registries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { announce } from '../../../announce.tsx';
import { call } from '../../../api.ts';
import { Button } from '../../../ui/Button.tsx';
import type { IconId } from '../../../ui/Icon.tsx';
import { StatusMark } from '../../../ui/StatusBadge.tsx';
import styles from './RegistryPage.module.css';
import { Span } from './Span.tsx';

const icons: Record<RegistryDetail['row']['sources'][number]['kind'], IconId> = {
  auths: 'file',
  credHelpers: 'helper',
  credsStore: 'helper',
  DOCKER_AUTH_CONFIG: 'terminal',
  'local-images': 'layers',
  history: 'history',
  mirror: 'globe',
  insecure: 'lock',
  'by-hand': 'user',
};

/** How Pull Doctor came to know of this registry, what it cannot see of it, and the way to be rid of it. */
export function SourcesCard({ registry, isStale }: { registry: RegistryDetail; isStale: boolean }) {
  const {
    row: { host, name, sources, addedByHand },
    vantageNotes,
  } = registry;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call(removeRegistry, { params: { host } }),
    onSuccess: () => {
      announce(addedByHand ? `${name} is no longer watched.` : `${name} is hidden.`);
      void queryClient.invalidateQueries({ queryKey: ['registries'] });
      void navigate({ to: '/registries' });
    },
  });
  return (
    <Span of={6} title="Why it is on the board">
      <ul className={styles.list}>
        {sources.map(({ kind, says }) => (
          <li key={`${kind}${says}`}>
            <StatusMark tone="unknown" icon={icons[kind]} />
            <span>{says}</span>
          </li>
        ))}
        {vantageNotes.map((note) => (
          <li key={note}>
            <StatusMark tone="info" icon="info" />
            <span>{note}</span>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <Button size="sm" disabled={isStale || remove.isPending} onClick={() => remove.mutate()}>
          {addedByHand ? 'Stop watching it' : 'Hide it'}
        </Button>
        <span role={remove.error ? 'alert' : undefined}>
          {remove.error
            ? remove.error.message
            : addedByHand
              ? 'It can be added again.'
              : 'It is then neither checked nor counted. Registries lists what is hidden.'}
        </span>
      </div>
    </Span>
  );
}
