/** Tidy up: a layered layout of the selection, or of everything. Worked out beside the page, so that it never stalls. */

import { moveNodes } from "../../graph/edits";
import { changeMark, framesOf, hiddenBy, moveMarks, withContents } from "../../graph/marks";
import { tidied, type Layout, type Order, type Tidied } from "../../graph/tidy";
import { plural } from "../../ui/words";
import { animateNodes } from "../canvas/animate";
import { hint } from "../canvas/hint";
import { canvasView } from "../canvas/view";
import { edit } from "../store/edit";
import { isReadOnly, useEditor } from "../store/store";

export async function tidy(): Promise<void> {
  const { draft, selection } = useEditor.getState();
  const hidden = hiddenBy(draft);
  const frames = framesOf(draft);
  const drawn = [...draft.nodes, ...frames].map(({ id }) => id).filter((id) => !hidden.has(id));
  const chosen = drawn.filter((id) => selection.nodes.has(id) || selection.marks.has(id));
  // One open frame alone: what lies in it.
  const some = chosen.length > 1 || frames.some(({ id, collapsed }) => id === chosen[0] && !collapsed);
  const boxes = canvasView()?.boxes(drawn) ?? [];
  if (boxes.length < 2) return;
  const worker = layoutWorker();
  let order: Order;
  try {
    order = await tidied(draft, some ? chosen : drawn, boxes, worker.layout);
  } catch {
    return hint("The nodes could not be tidied up. Reload the page and try again.");
  } finally {
    worker.end();
  }
  if (isReadOnly(useEditor.getState())) return;
  const nodes = draft.nodes.filter(({ id }) => order.places.has(id)).length;
  animateNodes();
  edit(`Tidy up ${nodes ? plural(nodes, "node") : "frames"}`, (now) => {
    const all = withContents(now, order.places);
    let after = moveMarks(moveNodes(now, all), all);
    for (const [id, size] of order.sizes) after = changeMark(after, id, { size });
    return after;
  });
  if (!some) requestAnimationFrame(() => canvasView()?.fit());
}

/** Answers one question after the other. */
function layoutWorker(): { layout: Layout; end(): void } {
  const worker = new Worker(new URL("./tidyWorker.ts", import.meta.url), { type: "module" });
  return {
    layout: (question) =>
      new Promise<Tidied>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Tidied>) => resolve(data);
        worker.onerror = reject;
        worker.postMessage(question);
      }),
    end: () => worker.terminate(),
  };
}
