/** Shortcuts as text, and whether a pressed key is one. */

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

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
    (event.key === " " ? "space" : event.key.toLowerCase()) === key.toLowerCase() &&
    ctrl === wants("Ctrl") &&
    event.altKey === wants("Alt") &&
    (isSign(key) || event.shiftKey === wants("Shift"))
  );
}

const HELD = new Set([
  "Control",
  "Shift",
  "Alt",
  "Meta",
  "AltGraph",
  "CapsLock",
  "Dead",
  "Process",
  "Unidentified",
]);

/** The pressed key as text, "Ctrl+Shift+Z"; null while only Ctrl, Shift and their like are down. */
export function keysFrom(event: KeyEventLike): string | null {
  if (HELD.has(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const parts = [
    (isMac ? event.metaKey : event.ctrlKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && !isSign(key) && "Shift",
    key === " " ? "Space" : key,
  ];
  return parts.filter(Boolean).join("+");
}

/** Whether two texts mean the same keys, in whatever order they are written. */
export function sameKeys(a: string, b: string): boolean {
  const sorted = (keys: string) => keys.toLowerCase().split("+").sort().join("+");
  return sorted(a) === sorted(b);
}

/** Why a browser or the canvas would not let these keys through, or null. */
export function whyNotBindable(keys: string): string | null {
  const key = keys.split("+").at(-1) ?? "";
  if (/^(Arrow|Tab$|Page|Home$|End$)/.test(key) && !keys.includes("+"))
    return "This key moves about the canvas itself. Hold Ctrl or Alt with it.";
  if (
    [
      "Ctrl+T",
      "Ctrl+N",
      "Ctrl+W",
      "Ctrl+Shift+T",
      "Ctrl+Shift+N",
      "Ctrl+Shift+W",
      "F5",
      "F11",
      "F12",
    ].includes(keys)
  )
    return "The browser keeps this key for itself.";
  return null;
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
