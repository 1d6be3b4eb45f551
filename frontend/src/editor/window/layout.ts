/** Which panels are open and how big they are; remembered in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";

export type PanelName = "palette" | "properties" | "results";

export interface PanelSize {
  open: boolean;
  /** Pixels: width, or height of the results. */
  size: number;
}

interface Layout extends Record<PanelName, PanelSize> {
  /** Whether the window is too narrow for panels beside the canvas. */
  narrow: boolean;
  /** The one panel that is open in a narrow window. What is open beside the canvas of a wide one stays as it was. */
  drawer: PanelName | null;
}

export const LIMITS: Record<PanelName, { smallest: number; largest: number; usual: number }> = {
  palette: { smallest: 180, largest: 420, usual: 248 },
  properties: { smallest: 260, largest: 900, usual: 340 },
  results: { smallest: 120, largest: 1200, usual: 320 },
};

/** As in EditorScreen.module.css and PanelBar.module.css. */
const NARROW = window.matchMedia("(max-width: 760px)");

export const useLayout = create<Layout>()(
  persist(
    (): Layout => ({
      palette: { open: true, size: LIMITS.palette.usual },
      properties: { open: true, size: LIMITS.properties.usual },
      results: { open: false, size: LIMITS.results.usual },
      narrow: NARROW.matches,
      drawer: null,
    }),
    {
      name: "studio.layout",
      partialize: ({ palette, properties, results }) => ({ palette, properties, results }),
    },
  ),
);

NARROW.addEventListener("change", ({ matches }) => useLayout.setState({ narrow: matches, drawer: null }));

/** Whether a panel is on the screen: beside the canvas, or as the one drawer over it. */
export const isOpen =
  (name: PanelName) =>
  ({ narrow, drawer, ...layout }: Layout): boolean =>
    narrow ? drawer === name : layout[name].open;

function change(name: PanelName, part: Partial<PanelSize>): void {
  useLayout.setState((layout) => ({ ...layout, [name]: { ...layout[name], ...part } }));
}

function setOpen(name: PanelName, open: boolean): void {
  const { narrow, drawer } = useLayout.getState();
  if (!narrow) change(name, { open });
  else if (open || drawer === name) useLayout.setState({ drawer: open ? name : null });
}

export const openPanel = (name: PanelName): void => setOpen(name, true);
export const closePanel = (name: PanelName): void => setOpen(name, false);
export const togglePanel = (name: PanelName): void => setOpen(name, !isOpen(name)(useLayout.getState()));
export function closeDrawer(): void {
  useLayout.setState({ drawer: null });
}

export function resizePanel(name: PanelName, size: number): void {
  const { smallest, largest } = LIMITS[name];
  change(name, { size: Math.round(Math.min(largest, Math.max(smallest, size))) });
}
