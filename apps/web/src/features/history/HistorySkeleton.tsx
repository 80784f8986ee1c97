import { Card } from '../../ui/Card.tsx';
import { SkeletonLine } from '../../ui/Skeleton.tsx';
import styles from './HistoryPage.module.css';

/** As high as the chart and the first rows. */
export function HistorySkeleton() {
  return (
    <>
      <Card label="Loading the chart">
        <div className={styles.chartSkeleton}>
          <SkeletonLine width={40} />
        </div>
      </Card>
      <div className={styles.list}>
        <Card label="Loading the attempts">
          <div className={styles.skeleton}>
            {[64, 52, 70, 58, 66, 48, 61, 55, 69].map((width) => (
              <SkeletonLine key={width} width={width} />
            ))}
          </div>
        </Card>
      </div>
    </>
  );
}
