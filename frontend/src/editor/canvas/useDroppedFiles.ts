import { useEffect, type RefObject } from "react";
import { NODE_HEIGHT, NODE_WIDTH, snapped } from "../../graph/place";
import type { Position } from "../../graph/types";
import { isScript } from "../../library/readExperimentFile";
import { filesIn } from "../../library/uploads/folders";
import { takeFiles } from "../../library/uploads/takeFiles";
import { importInto } from "../commands/importInto";
import { placeFiles } from "../commands/placeFiles";
import { mayCarry } from "../picture/carry";
import { isReadOnly, useEditor } from "../store/store";
import { canvasView } from "../window/view";

/**
 * What is dropped on the canvas comes to stand there: the nodes of an experiment file, or of a picture that carries
 * one; any other file as the node of the dataset that becomes of it.
 */
export function useDroppedFiles(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onDrop = (event: DragEvent) => {
      const transfer = event.dataTransfer;
      const isOver = event.target instanceof Node && frame.current?.contains(event.target);
      if (!isOver || !transfer?.files.length || isReadOnly(useEditor.getState())) return;
      const place = canvasView()?.toCanvas({ x: event.clientX, y: event.clientY });
      if (!place) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // Who shows that files are over the window hears that they are not any more.
      window.dispatchEvent(new DragEvent("dragleave"));
      void drop(filesIn(transfer), { x: snapped(place.x), y: snapped(place.y) });
    };
    window.addEventListener("drop", onDrop, { capture: true });
    return () => window.removeEventListener("drop", onDrop, { capture: true });
  }, [frame]);
}

async function drop(brought: Promise<File[]>, at: Position): Promise<void> {
  const files = await brought;
  const scripts = files.filter(({ name }) => isScript(name));
  const data = files.filter((file) => !mayCarry(file) && !isScript(file.name));
  if (scripts.length > 0) void takeFiles(scripts); // each an experiment of its own
  if (data.length > 0)
    placeFiles(data, { x: at.x - snapped(NODE_WIDTH / 2), y: at.y - snapped(NODE_HEIGHT / 2) });
  await importInto(files.filter(mayCarry), at);
}
