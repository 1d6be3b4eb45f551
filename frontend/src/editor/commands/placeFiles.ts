/** Files dropped on the canvas: each becomes a dataset, and its node stands where the file fell. */

import type { Position } from "../../graph/types";
import { useUploads } from "../../library/uploads/store";
import { currentCatalog } from "../store/catalog";
import { isReadOnly, useEditor } from "../store/store";
import { addModule } from "./addModule";
import { freeRows } from "./placing";

/** Uploads them; once one is imported, after its review, its node is added. Several stand side by side, in any order. */
export function placeFiles(files: readonly File[], at: Position): void {
  const experiment = useEditor.getState().id;
  const places = freeRows(at, files.length);
  const ids = useUploads.getState().add(files);
  const waiting = new Map(ids.map((id, index) => [id, places[index] ?? at]));
  const look = () => {
    const { items } = useUploads.getState();
    for (const [id, position] of waiting) {
      const item = items.find((one) => one.id === id);
      // A file that was refused may be mended; one that was given up never comes.
      if (item?.state === "ready" || item?.state === "cancelled" || !item) waiting.delete(id);
      const isHere = useEditor.getState().id === experiment && !isReadOnly(useEditor.getState());
      if (item?.state === "ready" && item.dataset && isHere)
        addModule({ ...currentCatalog().reference(item.dataset.name), position, quietly: true });
    }
    if (waiting.size === 0) stop();
  };
  const stop = useUploads.subscribe(look);
}
