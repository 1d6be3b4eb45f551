/** What the panel on the left shows: what can be added, what there is, or what was done. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import { enterPanel } from "./panelFocus";

export type SideTab = "modules" | "outline" | "edits";

export const useSide = create<{ tab: SideTab }>()(
  persist((): { tab: SideTab } => ({ tab: "modules" }), { name: "studio.side" }),
);

export function showSide(tab: SideTab): void {
  useSide.setState({ tab });
}

/** Shows it and goes there. */
export function openSide(tab: SideTab): void {
  showSide(tab);
  enterPanel("palette", tab === "edits" ? 'ol button[aria-current="step"]' : "input[data-autofocus]");
}
