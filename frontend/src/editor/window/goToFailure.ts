import type { NodeFailure } from "../../api/types";
import { canvasView } from "./view";
import { goToLine } from "./goToLine";
import { openPanel } from "./layout";
import { openLevelOf } from "../store/level";
import { select } from "../store/selection";

/** Shows the failed node, and its script at the line that failed where that is known. */
export function goToFailure(node: string, error: NodeFailure | null): void {
  openLevelOf(node);
  canvasView()?.reveal(node);
  if (error?.line) return goToLine(node, error.line);
  select([node]);
  openPanel("properties");
}
