/** Whose Escape it is, where one thing lies over another. */

/**
 * Whether Escape is meant for what listens to it: `own` if that is a dialog. A dialog over it closes by the same key,
 * and may be gone from the page by now, but the key was still pressed in it; a list or a menu stops the event.
 */
export function isOwnEscape(event: KeyboardEvent, own: Element | null = null): boolean {
  if (event.key !== "Escape" || event.defaultPrevented) return false;
  const dialog = event.target instanceof Element ? event.target.closest('[role="dialog"]') : null;
  return dialog === null || dialog === own;
}
