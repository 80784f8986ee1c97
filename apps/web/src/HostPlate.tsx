import type { DockerHost } from '@pull-doctor/contract/host';
import { useQuery } from '@tanstack/react-query';
import styles from './Layout.module.css';
import { hostQuery } from './queries.ts';
import { Icon } from './ui/Icon.tsx';
import { SkeletonLine, useSkeleton } from './ui/Skeleton.tsx';
import { StatusWord } from './ui/StatusBadge.tsx';

/** The Docker host and the user whose configuration counts. One host is watched, so there is nothing to choose. */
export function HostPlate() {
  const { data: host, isPending } = useQuery(hostQuery);
  const isSkeleton = useSkeleton(isPending);
  return (
    <div className={styles.host} title={host && `${host.name}, user ${host.user}. ${daemonWord(host)}`}>
      <span className={styles.tile}>
        <Icon id="hosts" size="sm" />
      </span>
      {host ? (
        <div className={styles.hostText}>
          <b>{host.name}</b>
          <small>user {host.user}</small>
          <small>
            <StatusWord
              tone={host.daemon.reached ? 'ok' : 'unreachable'}
              icon={host.daemon.reached ? 'ok' : 'unreachable'}
              word={daemonWord(host)}
              isQuiet
            />
          </small>
        </div>
      ) : (
        <div className={styles.hostText}>
          {isSkeleton && (
            <>
              <SkeletonLine width={70} />
              <SkeletonLine width={50} />
            </>
          )}
        </div>
      )}
    </div>
  );
}

export function daemonWord({ daemon }: DockerHost): string {
  if (!daemon.reached) return 'Docker not reached';
  return daemon.info ? `Docker ${daemon.info.version.split('+')[0]}` : 'Docker answers';
}
