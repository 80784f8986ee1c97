import styles from './Sparkline.module.css';

const gap = 1.2;

/** A bar for each hour, the highest as high as there is room; nothing is a hairline. Its numbers stand beside it. */
export function Sparkline({
  counts,
  width = 92,
  height = 22,
}: {
  counts: readonly number[];
  width?: number;
  height?: number;
}) {
  const most = Math.max(...counts, 1);
  const step = width / counts.length;
  return (
    <svg
      className={styles.spark}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {counts.map((count, index) => {
        const barHeight = count === 0 ? 1 : Math.max((count / most) * height, 3);
        return (
          <rect
            // an hour has no other name than its place
            key={index}
            data-zero={count === 0 || undefined}
            x={index * step}
            y={height - barHeight}
            width={step - gap}
            height={barHeight}
            rx={0.8}
          />
        );
      })}
    </svg>
  );
}
