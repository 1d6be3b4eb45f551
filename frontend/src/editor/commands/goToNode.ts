/** Going to a node, a param, a script line, a note or a frame, wherever the wish came from. */

import type { Hit } from "../../graph/find";
import { expand, hiddenBy } from "../../graph/marks";
import { useOverlay } from "../window/overlays";
import { canvasView } from "../window/view";
import { goToLine } from "../window/goToLine";
import { edit } from "../store/edit";
import { openLevelOf } from "../store/level";
import { select } from "../store/selection";
import { isReadOnly, shownGraph, useEditor } from "../store/store";
import { currentCatalog } from "../store/catalog";
import { findNode } from "../../graph/read";
import { goToParam } from "../window/panelFocus";

type Place = Pick<Hit, "id" | "kind"> & Partial<Hit>;

/** Opens the level that something lies in, and expands the collapsed frames that something lies in, as a step that undo takes back. */
function uncover(id: string): void {
  openLevelOf(id);
  for (let frame = hiddenBy(shownGraph(useEditor.getState())).get(id); frame;) {
    const outer = frame;
    if (isReadOnly(useEditor.getState())) return;
    edit("Expand frame", (draft) => expand(draft, outer));
    frame = hiddenBy(useEditor.getState().draft).get(id);
  }
}

/** Selects a node, brings it into view and gives it the focus. */
export function goToNode(id: string): void {
  uncover(id);
  select([id]);
  const over = useOverlay.getState().open;
  // Under quick keys the next node is wished for before this one is drawn, or a list is open that is typed into.
  afterDrawing(() => {
    const { nodes } = useEditor.getState().selection;
    if (nodes.size !== 1 || !nodes.has(id)) return;
    const { open } = useOverlay.getState();
    if (open && open !== over) canvasView()?.show(id);
    else canvasView()?.reveal(id);
  });
}

export function goToMark(id: string): void {
  uncover(id);
  select([], [], [id]);
  afterDrawing(() => canvasView()?.reveal(id));
}

/** Brings a place into view and selects it; the focus stays where it is. */
export function showPlace({ id, kind }: Place): void {
  uncover(id);
  if (kind === "node") select([id]);
  else select([], [], [id]);
  afterDrawing(() => canvasView()?.show(id));
}

/** Goes all the way: to the node, and to the param or the script line in the properties. */
export function goToPlace(place: Place): void {
  if (place.kind === "mark") return goToMark(place.id);
  if (!place.param) return goToNode(place.id);
  showPlace(place);
  const node = findNode(shownGraph(useEditor.getState()), place.id);
  const spec = currentCatalog()
    .module(node?.module ?? "")
    ?.params.find((param) => param.name === place.param);
  if (spec?.type === "code" && place.line) goToLine(place.id, place.line);
  else goToParam(place.id, place.param);
}

/** What was uncovered a moment ago must be on the canvas first. */
function afterDrawing(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}
