import { useEffect, type RefObject } from "react";
import { snapped } from "../../graph/place";
import { offerFilesTo } from "../../screens/uploads/takeFiles";
import { importInto } from "../commands/importInto";
import { mayCarry } from "../picture/carry";
import { isReadOnly, useEditor } from "../store/store";
import { canvasView } from "./view";

/** An experiment file, or a picture that carries one, is imported where it is dropped; other files are uploaded. */
export function useDroppedFiles(frame: RefObject<HTMLElement | null>): void {
  useEffect(
    () =>
      offerFilesTo((files, at) => {
        const box = frame.current?.getBoundingClientRect();
        const place = canvasView()?.toCanvas(at);
        const isOver = box && at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom;
        if (!isOver || !place || isReadOnly(useEditor.getState())) return files;
        const ours = files.filter(mayCarry);
        if (ours.length) void importInto(ours, { x: snapped(place.x), y: snapped(place.y) });
        return files.filter((file) => !mayCarry(file));
      }),
    [frame],
  );
}
