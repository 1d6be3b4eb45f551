import { useEffect, type RefObject } from "react";
import { snapped } from "../../graph/place";
import { importInto } from "../commands/importInto";
import { mayCarry } from "../picture/carry";
import { isReadOnly, useEditor } from "../store/store";
import { canvasView } from "./view";

/** An experiment file, or a picture that carries one, is imported where it is dropped; other files are uploaded. */
export function useDroppedFiles(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onDrop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      const isOver = event.target instanceof Node && frame.current?.contains(event.target);
      if (!isOver || !files.length || !files.every(mayCarry) || isReadOnly(useEditor.getState())) return;
      const place = canvasView()?.toCanvas({ x: event.clientX, y: event.clientY });
      if (!place) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // Who shows that files are over the window hears that they are not any more.
      window.dispatchEvent(new DragEvent("dragleave"));
      void importInto(files, { x: snapped(place.x), y: snapped(place.y) });
    };
    window.addEventListener("drop", onDrop, { capture: true });
    return () => window.removeEventListener("drop", onDrop, { capture: true });
  }, [frame]);
}
