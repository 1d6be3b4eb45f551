/** Opening the panels beside the canvas and going into them. */

import { openPanel, type PanelName } from "../layout";
import { select } from "../store/selection";

const FOCUSABLE =
  "input:not([type=hidden]), textarea, select, button, [tabindex='0'], [contenteditable=true]";

/** Puts the focus on the first thing in a panel that takes it, once the panel is there. */
export function enterPanel(name: PanelName, within = FOCUSABLE): void {
  openPanel(name);
  window.setTimeout(() => {
    const panel = document.querySelector(`[data-panel="${name}"]`);
    const wanted =
      panel?.querySelector<HTMLElement>(`[data-autofocus]`) ?? panel?.querySelector<HTMLElement>(within);
    wanted?.focus();
  }, 60);
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
  window.setTimeout(() => {
    const panel = document.querySelector('[data-panel="properties"]');
    const field = param ? panel?.querySelector<HTMLElement>(`[data-param="${CSS.escape(param)}"]`) : null;
    field?.scrollIntoView({ block: "nearest" });
    field?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
  }, 80);
}
