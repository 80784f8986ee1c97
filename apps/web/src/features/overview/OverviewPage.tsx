import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { hostQuery, latestDiagnosesQuery } from '../../queries.ts';
import { StaleNote, useIsStale } from '../../StaleNote.tsx';
import { buttonClass } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { SkeletonLine, useSkeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../useTitle.ts';
import { HostCard } from './HostCard.tsx';
import { headlineOf } from './headline.ts';
import { LatestDiagnoses } from './LatestDiagnoses.tsx';
import styles from './OverviewPage.module.css';

/** Whether the host can be seen, what was diagnosed lately, and the way to the next diagnosis. */
export function OverviewPage() {
  useTitle('Overview');
  const isStale = useIsStale();
  const { data: host, error: hostError, isPending } = useQuery(hostQuery);
  const { data: diagnoses, error: listError } = useQuery(latestDiagnosesQuery);
  const isSkeleton = useSkeleton(isPending);
  const headline = host && headlineOf(host);
  return (
    <>
      <StaleNote />
      <div className={styles.verdict}>
        <div>
          {headline ? (
            <>
              <h1>{headline.title}</h1>
              <p>{headline.under}</p>
            </>
          ) : (
            <>
              <h1>
                {isSkeleton ? <SkeletonLine width={40} size="lg" /> : <span className="sr">Overview</span>}
              </h1>
              {isSkeleton && <SkeletonLine width={60} />}
            </>
          )}
        </div>
        {/* the empty list has this button itself */}
        {diagnoses?.length !== 0 && (
          <Link to="/diagnose" className={buttonClass({ kind: 'primary', size: 'lg' })}>
            <Icon id="diagnose" />
            Diagnose an image
          </Link>
        )}
      </div>
      {/* A server that does not answer is told of once, by the note above. */}
      {!isStale && hostError && (
        <ProblemBanner error={hostError} title="The Docker host could not be read." />
      )}
      {!isStale && listError && <ProblemBanner error={listError} title="The diagnoses could not be read." />}
      <div className={styles.columns}>
        <LatestDiagnoses lines={diagnoses} />
        {host && <HostCard host={host} />}
      </div>
    </>
  );
}
