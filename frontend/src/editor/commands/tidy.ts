/** Tidy up: a layered layout of the selection, or of everything. Worked out beside the page, so that it never stalls. */

import { moveNodes } from "../../graph/edits";
import { endOf } from "../../graph/read";
import { asked, placed, type Tidied, type Untidy } from "../../graph/tidy";
import { plural } from "../../ui/words";
import { animateNodes } from "../canvas/animate";
import { hint } from "../canvas/hint";
import { canvasView } from "../canvas/view";
import { edit } from "../store/edit";
import { isReadOnly, useEditor } from "../store/store";

export async function tidy(): Promise<void> {
  const { draft, selection } = useEditor.getState();
  const some = selection.nodes.size > 1;
  const ids = some ? [...selection.nodes] : draft.nodes.map((node) => node.id);
  const boxes = canvasView()?.boxes(ids) ?? [];
  if (boxes.length < 2) return;
  const wanted = new Set(boxes.map((box) => box.id));
  const wires = draft.wires
    .map((wire) => ({ from: endOf(wire.from).node, to: endOf(wire.to).node }))
    .filter(({ from, to }) => wanted.has(from) && wanted.has(to));
  let tidied: Tidied;
  try {
    tidied = await layered(asked(boxes, wires));
  } catch {
    return hint("The nodes could not be tidied up. Reload the page and try again.");
  }
  if (isReadOnly(useEditor.getState())) return;
  const places = placed(boxes, tidied);
  animateNodes();
  edit(`Tidy up ${plural(boxes.length, "node")}`, (now) => moveNodes(now, places));
  if (!some) requestAnimationFrame(() => canvasView()?.fit());
}

function layered(question: Untidy): Promise<Tidied> {
  const worker = new Worker(new URL("./tidyWorker.ts", import.meta.url), { type: "module" });
  return new Promise<Tidied>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Tidied>) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}
