import type { DockerHost } from '@pull-doctor/contract/host';
import { Banner } from '../../ui/Banner.tsx';
import { buttonClass } from '../../ui/Button.tsx';
import { CauseLink } from '../causes/CauseLink.tsx';

/** The daemon cannot be asked: what is not seen without it, and what still is. */
export function DaemonNote({ host: { name, daemon } }: { host: DockerHost }) {
  if (daemon.reached || !daemon.failure) return null;
  const { code, message, owner } = daemon.failure;
  return (
    <Banner
      tone="invalid"
      icon="invalid"
      title={
        code === 'not-permitted'
          ? `Pull Doctor may not use the Docker socket on ${name}, so failed pulls are not seen.`
          : `Docker on ${name} does not answer, so failed pulls are not seen.`
      }
      action={
        <CauseLink cause="daemon-unreachable" hash="what-to-do" className={buttonClass({ kind: 'primary' })}>
          See the fix
        </CauseLink>
      }
    >
      <code>{message}</code>
      {owner && ` The socket belongs to ${owner}.`} Registries are still checked.
    </Banner>
  );
}
