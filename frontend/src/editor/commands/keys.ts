/** Shortcuts as text, and whether a pressed key is one. */

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

interface KeyEventLike {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Signs that need Shift on some keyboards and not on others: the sign itself is what counts. */
const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9 ]/i.test(key);

export function matches(keys: string, event: KeyEventLike): boolean {
  const parts = keys.split("+");
  const key = keys.endsWith("+") ? "+" : (parts.at(-1) ?? "");
  const wants = (name: string) => parts.includes(name);
  const ctrl = isMac ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    ctrl === wants("Ctrl") &&
    event.altKey === wants("Alt") &&
    (isSign(key) || event.shiftKey === wants("Shift"))
  );
}

const SIGNS: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Delete: "Del",
};

/** As it is shown: "Ctrl+Shift+Z", on a Mac "⌘⇧Z". */
export function keysText(keys: string | undefined): string | undefined {
  if (!keys) return undefined;
  const parts = keys.endsWith("+") ? [...keys.slice(0, -1).split("+").filter(Boolean), "+"] : keys.split("+");
  const shown = parts.map((part) => SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  if (!isMac) return shown.join("+");
  return shown.map((part) => ({ Ctrl: "⌘", Shift: "⇧", Alt: "⌥" })[part] ?? part).join("");
}

/** Where the keys belong to what is being typed. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest("input, textarea, select, [contenteditable], .cm-editor") !== null)
  );
}
