/** How this person likes the canvas; remembered in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";

interface CanvasSettings {
  /** Dragging the background draws a selection instead of moving the view. */
  dragSelects: boolean;
  minimap: boolean;
  /** Nodes show their first picture beside them. */
  pictures: boolean;
}

export const useCanvasSettings = create<CanvasSettings>()(
  persist((): CanvasSettings => ({ dragSelects: false, minimap: true, pictures: true }), {
    name: "studio.canvas",
  }),
);

export function toggleMinimap(): void {
  useCanvasSettings.setState(({ minimap }) => ({ minimap: !minimap }));
}

export function toggleDragSelects(): void {
  useCanvasSettings.setState(({ dragSelects }) => ({ dragSelects: !dragSelects }));
}

export function togglePictures(): void {
  useCanvasSettings.setState(({ pictures }) => ({ pictures: !pictures }));
}
