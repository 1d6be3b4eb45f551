import { changeMark, findMark, isFrame } from "../../../graph/marks";
import { snapped } from "../../../graph/place";
import { isGivingUp } from "../givingUp";
import { edit } from "../../store/edit";

/** A note or frame was drawn larger or smaller; what lies in a frame stays where it is. */
export function resized(id: string, box: { x: number; y: number; width: number; height: number }): void {
  if (isGivingUp()) return;
  edit("Resize", (draft) => {
    const mark = findMark(draft, id);
    if (!mark || (isFrame(mark) && mark.collapsed)) return draft;
    return changeMark(draft, id, {
      position: { x: snapped(box.x), y: snapped(box.y) },
      size: { width: snapped(box.width), height: snapped(box.height) },
    });
  });
}
