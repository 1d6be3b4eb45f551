/** Opening the panels beside the canvas and going into them. */

import { openPanel, type PanelName } from "./layout";
import { select } from "../store/selection";

const FOCUSABLE =
  "input:not([type=hidden]), textarea, select, button, [tabindex='0'], [contenteditable=true]";

const FIELD = "input:not([type=hidden]), textarea, select, [contenteditable=true]";

/** Puts the focus on the first thing in a panel that takes it, once the panel is there. */
export function enterPanel(name: PanelName, within = FOCUSABLE): void {
  openPanel(name);
  onceThere(() => {
    const panel = document.querySelector(`[data-panel="${name}"]`);
    const wanted =
      (within === FOCUSABLE && panel?.querySelector<HTMLElement>(`[data-autofocus]`)) ||
      panel?.querySelector<HTMLElement>(within);
    wanted?.focus();
    if (wanted instanceof HTMLInputElement) wanted.select();
    return Boolean(wanted);
  });
}

const LONGEST_WAIT_MS = 3000;

/** Tries until it succeeds: a panel may still be on its way from the server. */
function onceThere(tryIt: () => boolean): void {
  const end = performance.now() + LONGEST_WAIT_MS;
  const again = () => {
    if (!tryIt() && performance.now() < end) window.setTimeout(again, 30);
  };
  window.setTimeout(again, 30);
}

export const openProperties = (): void =>
  enterPanel(
    "properties",
    "input:not([type=hidden]), textarea, select, [contenteditable=true], [role=combobox], button",
  );

/** Shows the properties of a node at the param that is wrong. */
export function goToParam(node: string, param: string | null | undefined): void {
  select([node]);
  openPanel("properties");
  if (!param) return;
  onceThere(() => {
    const panel = document.querySelector('[data-panel="properties"]');
    const field = panel?.querySelector<HTMLElement>(`[data-param="${CSS.escape(param)}"]`);
    field?.scrollIntoView({ block: "nearest" });
    // The field itself, rather than the button beside it that resets it.
    const input = field?.querySelector<HTMLElement>(FIELD) ?? field?.querySelector<HTMLElement>(FOCUSABLE);
    input?.focus();
    return Boolean(field);
  });
}
