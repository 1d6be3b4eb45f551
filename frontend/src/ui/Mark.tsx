/** The product's mark: two ports and the wire between them. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#365fd6" />
      <path
        d="M10 11v3.5a3 3 0 0 0 3 3h6a3 3 0 0 1 3 3V21"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="10" cy="9" r="3" fill="#fff" />
      <circle cx="22" cy="23" r="3" fill="#fff" />
    </svg>
  );
}
