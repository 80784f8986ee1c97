import { Link } from '@tanstack/react-router';
import { ApiError } from '../../api.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SkeletonLine, useSkeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../useTitle.ts';
import styles from './DiagnosisPage.module.css';

const stepWidths = [34, 52, 40, 46, 30, 48, 42, 36, 44, 38, 32, 50];

/** Before the first answer, with the geometry that the answer will have. */
export function DiagnosisSkeleton() {
  useTitle('Diagnose');
  if (!useSkeleton(true)) return null;
  return (
    <div role="status" aria-label="Loading the diagnosis">
      <div className={styles.fieldSkeleton}>
        <SkeletonLine width={46} size="lg" />
      </div>
      <div className={styles.columns}>
        <Card label="Steps">
          <div className={styles.stepSkeletons}>
            {stepWidths.map((width) => (
              <SkeletonLine key={width} width={width} />
            ))}
          </div>
        </Card>
        <Card label="Verdict">
          <div className={styles.verdictSkeleton}>
            <SkeletonLine width={30} />
            <SkeletonLine width={70} size="lg" />
            <SkeletonLine width={92} />
            <SkeletonLine width={78} />
          </div>
        </Card>
      </div>
    </div>
  );
}

/** There is no such diagnosis, or it could not be read. */
export function DiagnosisMissing({
  id,
  error,
  onRetry,
}: {
  id: string;
  error: Error | null;
  onRetry: () => void;
}) {
  const isGone = error instanceof ApiError && error.status === 404;
  useTitle(isGone ? 'No such diagnosis' : 'Diagnose');
  return (
    <Card label="Diagnosis">
      <EmptyState
        icon={isGone ? 'search' : 'unreachable'}
        heading="h1"
        title={isGone ? 'There is no such diagnosis' : 'This diagnosis could not be read'}
        actions={
          isGone ? (
            <>
              <Link to="/diagnose" className={buttonClass({ kind: 'primary' })}>
                Diagnose an image
              </Link>
              <Link to="/history" className={buttonClass({})}>
                Pull history
              </Link>
            </>
          ) : (
            <Button kind="primary" icon="refresh" onClick={onRetry}>
              Try now
            </Button>
          )
        }
        facts={[{ label: 'Diagnosis', value: id }]}
      >
        {error?.message} {error instanceof ApiError && error.todo}
      </EmptyState>
    </Card>
  );
}
