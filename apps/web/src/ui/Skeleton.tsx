import { useEffect, useState } from 'react';
import styles from './Skeleton.module.css';

/** A line of text that is not there yet; `width` in per cent of its place. */
export function SkeletonLine({ width, size = 'sm' }: { width: number; size?: 'sm' | 'lg' }) {
  return (
    <span className={`${styles.line} ${styles[size]}`} style={{ width: `${width}%` }} aria-hidden="true" />
  );
}

const nothingMs = 150;
const shownMsMin = 300;

/**
 * Whether to draw a skeleton: nothing for the first 150 ms of waiting, then at least 300 ms, so that a quick answer
 * does not flicker.
 */
export function useSkeleton(isWaiting: boolean): boolean {
  const [shownAt, setShownAt] = useState<number | null>(null);
  useEffect(() => {
    if (isWaiting && shownAt === null) {
      const timer = window.setTimeout(() => setShownAt(performance.now()), nothingMs);
      return () => window.clearTimeout(timer);
    }
    if (!isWaiting && shownAt !== null) {
      const left = shownMsMin - (performance.now() - shownAt);
      const timer = window.setTimeout(() => setShownAt(null), Math.max(left, 0));
      return () => window.clearTimeout(timer);
    }
    return undefined;
  }, [isWaiting, shownAt]);
  return shownAt !== null;
}
