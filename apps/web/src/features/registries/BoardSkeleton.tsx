import { SkeletonLine } from '../../ui/Skeleton.tsx';
import styles from './Board.module.css';

/** The board while it loads, with its final geometry. */
export function BoardSkeleton() {
  return (
    <div className={styles.board} aria-hidden="true">
      {[52, 40, 60, 46, 55, 38].map((width) => (
        <div key={width} className={styles.skeleton}>
          <SkeletonLine width={100} size="lg" />
          <span>
            <SkeletonLine width={width} />
            <SkeletonLine width={width + 20} />
          </span>
          <SkeletonLine width={100} size="lg" />
          <SkeletonLine width={80} />
        </div>
      ))}
    </div>
  );
}
