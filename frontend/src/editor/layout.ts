/** Which panels are open and how big they are; remembered in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";

export type PanelName = "palette" | "properties" | "results";

export interface PanelSize {
  open: boolean;
  /** Pixels: width, or height of the results. */
  size: number;
}

type Layout = Record<PanelName, PanelSize>;

export const LIMITS: Record<PanelName, { smallest: number; largest: number; usual: number }> = {
  palette: { smallest: 180, largest: 420, usual: 248 },
  properties: { smallest: 260, largest: 900, usual: 340 },
  results: { smallest: 120, largest: 1200, usual: 320 },
};

/** Beside the canvas there is room for them; on a narrower screen they lie over it, closed at first. */
const ROOMY = window.innerWidth > 760;

export const useLayout = create<Layout>()(
  persist(
    (): Layout => ({
      palette: { open: ROOMY, size: LIMITS.palette.usual },
      properties: { open: ROOMY, size: LIMITS.properties.usual },
      results: { open: false, size: LIMITS.results.usual },
    }),
    { name: "studio.layout" },
  ),
);

function change(name: PanelName, part: Partial<PanelSize>): void {
  useLayout.setState((layout) => ({ ...layout, [name]: { ...layout[name], ...part } }));
}

export const openPanel = (name: PanelName): void => change(name, { open: true });
export const closePanel = (name: PanelName): void => change(name, { open: false });
export const togglePanel = (name: PanelName): void =>
  change(name, { open: !useLayout.getState()[name].open });

/** Of the two at the sides this one, or none. */
export function showOnly(name: PanelName | null): void {
  change("palette", { open: name === "palette" });
  change("properties", { open: name === "properties" });
}

export function resizePanel(name: PanelName, size: number): void {
  const { smallest, largest } = LIMITS[name];
  change(name, { size: Math.round(Math.min(largest, Math.max(smallest, size))), open: true });
}
