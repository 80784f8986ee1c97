import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ApiError } from '../../api.ts';
import { useChosenUser } from '../../chosen-user.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { registryQuery } from '../../queries.ts';
import { StaleNote, useIsStale } from '../../StaleNote.tsx';
import { SkeletonLine, useSkeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../useTitle.ts';
import { CertificateCard } from './detail/CertificateCard.tsx';
import { ChallengeCard } from './detail/ChallengeCard.tsx';
import { ChecksCard } from './detail/ChecksCard.tsx';
import { CredentialCard } from './detail/CredentialCard.tsx';
import { EndpointsCard } from './detail/EndpointsCard.tsx';
import { FailedPullsCard } from './detail/FailedPullsCard.tsx';
import { ImagesCard } from './detail/ImagesCard.tsx';
import { NoRegistry } from './detail/NoRegistry.tsx';
import { QuotaCard } from './detail/QuotaCard.tsx';
import { RegistryHead } from './detail/RegistryHead.tsx';
import styles from './detail/RegistryPage.module.css';
import { SourcesCard } from './detail/SourcesCard.tsx';
import { TimelineCard } from './detail/TimelineCard.tsx';
import { TraceCard } from './detail/TraceCard.tsx';
import { DeniedBoard } from './NoBoard.tsx';
import { useCrossings } from './useCrossings.ts';

/** One registry: its credential and end, what the last check saw, and what happened before. */
export function RegistryPage() {
  const { host } = useParams({ from: '/shell/registries/$host' });
  const user = useChosenUser();
  const isStale = useIsStale();
  const { data, error, isPending } = useQuery(registryQuery(host, user));
  const isSkeleton = useSkeleton(isPending);
  useTitle(data?.row.name ?? host);
  useCrossings(data ? [data.row] : []);
  if (!data && error instanceof ApiError && error.status === 404)
    return <NoRegistry host={host} says={error.message} />;
  if (!data && error instanceof ApiError && error.status === 403)
    return <DeniedBoard says={error.message} todo={error.todo} />;
  return (
    <>
      <StaleNote />
      {!isStale && error && <ProblemBanner error={error} title="The registry could not be read." />}
      {!data && (
        <h1 className={styles.waiting}>
          {isSkeleton ? <SkeletonLine width={40} size="lg" /> : <span className="sr">{host}</span>}
        </h1>
      )}
      {data && (
        <>
          <RegistryHead registry={data} user={user} isStale={isStale} />
          <div className={styles.grid}>
            <CredentialCard registry={data} isStale={isStale} />
            <TimelineCard registry={data} />
            <CertificateCard tls={data.evidence?.tls} />
            <ChallengeCard evidence={data.evidence} />
            <EndpointsCard evidence={data.evidence} />
            <TraceCard registry={data} />
            <QuotaCard row={data.row} />
            <ChecksCard checks={data.checks} now={data.now} />
            <ImagesCard images={data.images} host={data.row.host} />
            <FailedPullsCard host={data.row.host} pulls={data.failedPulls} failed={data.row.failedPulls24h} />
            <SourcesCard registry={data} isStale={isStale} />
          </div>
        </>
      )}
    </>
  );
}
