/** Files dropped on the canvas: each becomes a dataset, and its node stands where the file fell. */

import { NODE_WIDTH } from "../../graph/place";
import type { Position } from "../../graph/types";
import { useUploads } from "../../screens/uploads/store";
import { isReadOnly, useEditor } from "../store/store";
import { addModule } from "./addModule";

const BESIDE = NODE_WIDTH + 40;

/** Uploads them; once one is imported, after its review, its node is added. Several stand side by side. */
export function placeFiles(files: readonly File[], at: Position): void {
  const experiment = useEditor.getState().id;
  const waiting = new Map(
    useUploads
      .getState()
      .add(files)
      .map((id, index) => [id, { x: at.x + index * BESIDE, y: at.y }]),
  );
  const look = () => {
    const { items } = useUploads.getState();
    for (const [id, position] of waiting) {
      const item = items.find((one) => one.id === id);
      // A file that was refused may be mended; one that was given up never comes.
      if (item?.state === "ready" || item?.state === "cancelled" || !item) waiting.delete(id);
      const isHere = useEditor.getState().id === experiment && !isReadOnly(useEditor.getState());
      if (item?.state === "ready" && item.dataset && isHere)
        addModule({ module: "dataset", params: { dataset: item.dataset.name }, position, quietly: true });
    }
    if (waiting.size === 0) stop();
  };
  const stop = useUploads.subscribe(look);
}
