const rings = [
  { radius: 300, part: 0.93, colour: 'var(--ok-solid)' },
  { radius: 252, part: 0.61, colour: 'var(--ok-solid)' },
  { radius: 204, part: 0.34, colour: 'var(--expiring-solid)' },
  { radius: 156, part: 0.12, colour: 'var(--expired-solid)' },
  { radius: 108, part: 0.8, colour: 'var(--ok-solid)' },
  { radius: 60, part: 0.47, colour: 'var(--accent-solid)' },
] as const;

/** The picture beside the form: rings of lifetimes, of nobody's credentials. */
export function Rings() {
  return (
    <svg viewBox="0 0 640 640" aria-hidden="true">
      {rings.map(({ radius, part, colour }) => {
        const length = 2 * Math.PI * radius;
        return (
          <g key={radius} fill="none" strokeWidth="16" transform="rotate(-90 320 320)">
            <circle cx="320" cy="320" r={radius} stroke="var(--line)" />
            <circle
              cx="320"
              cy="320"
              r={radius}
              stroke={colour}
              strokeLinecap="round"
              strokeDasharray={`${length * part} ${length}`}
            />
          </g>
        );
      })}
    </svg>
  );
}
