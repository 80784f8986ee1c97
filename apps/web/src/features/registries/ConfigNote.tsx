import type { RegistryBoard } from '@pull-doctor/contract/registries';
import { Banner } from '../../ui/Banner.tsx';
import { buttonClass } from '../../ui/Button.tsx';
import { CauseLink } from '../causes/CauseLink.tsx';

/** The chosen configuration cannot be read: what that means for the rows below. */
export function ConfigNote({ board: { users, user } }: { board: RegistryBoard }) {
  const config = users.find(({ name }) => name === user);
  if (config?.state !== 'unreadable' && config?.state !== 'malformed') return null;
  return (
    <Banner
      tone="invalid"
      icon="invalid"
      title={
        config.state === 'malformed'
          ? `config.json of ${user} is broken, so Docker cannot read it either.`
          : `config.json of ${user} cannot be read from here.`
      }
      action={
        <CauseLink cause="config-malformed" hash="what-to-do" className={buttonClass({})}>
          See the fix
        </CauseLink>
      }
    >
      {config.says} <code>{config.path}</code>
    </Banner>
  );
}
