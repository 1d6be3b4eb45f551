/** From the panel to a node on the canvas. */

import { select } from "../store/selection";
import { canvasView } from "../window/view";

export function goToNode(id: string): void {
  canvasView()?.reveal(id);
  select([id]);
}
