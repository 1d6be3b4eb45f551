/** How this person likes the canvas; remembered in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";

interface CanvasSettings {
  /** Dragging the background draws a selection instead of moving the view. */
  dragSelects: boolean;
  minimap: boolean;
}

export const useCanvasSettings = create<CanvasSettings>()(
  persist((): CanvasSettings => ({ dragSelects: false, minimap: true }), { name: "studio.canvas" }),
);

export function toggleMinimap(): void {
  useCanvasSettings.setState(({ minimap }) => ({ minimap: !minimap }));
}

export function toggleDragSelects(): void {
  useCanvasSettings.setState(({ dragSelects }) => ({ dragSelects: !dragSelects }));
}
