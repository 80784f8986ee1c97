/** The product's mark. */
export function Mark({ size }: { size: 26 | 34 }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6.5" fill="var(--ink)" />
      <path
        d="M12 5v13.2M5.8 9.7h12.4M8.3 14.7 12 18.4l3.7-3.7"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="2.3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
