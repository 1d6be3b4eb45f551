/** The token in what was pasted: people paste the whole line they were shown. */
export function tokenIn(pasted: string): string {
  const found = /[?&]token=([^&\s]+)/.exec(pasted);
  return found?.[1] ? decodeURIComponent(found[1]) : pasted.trim();
}
