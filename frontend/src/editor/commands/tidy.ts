/** Tidy up: a layered layout of the selection, or of everything. Worked out beside the page, so that it never stalls. */

import { moveNodes } from "../../graph/edits";
import { changeMark, framesOf, hiddenBy, moveMarks, withContents } from "../../graph/marks";
import { tidied, type Layout, type Order, type Tidied } from "../../graph/tidy";
import type { Box } from "../../graph/arrange";
import { isReadable, PEEK_ROOM } from "../../graph/peeks";
import type { ExperimentFile } from "../../graph/types";
import { plural } from "../../ui/words";
import { animateNodes } from "../flow/animate";
import { placesOfPeeks, wantedPeeks } from "../flow/peeking";
import { hint } from "../window/hint";
import { canvasView } from "../window/view";
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
    order = await withPictures(draft, boxes, (room) =>
      tidied(draft, some ? chosen : drawn, boxes, worker.layout, room),
    );
  } catch {
    return hint("The nodes could not be tidied up. Reload the page and try again.");
  } finally {
    worker.end();
  }
  if (isReadOnly(useEditor.getState())) return;
  const nodes = draft.nodes.filter(({ id }) => order.places.has(id)).length;
  animateNodes();
  edit(`Tidy up ${nodes ? plural(nodes, "node") : "frames"}`, (now) => ordered(now, order));
  // Pictures find their places a frame after their nodes.
  if (!some)
    requestAnimationFrame(() =>
      requestAnimationFrame(() => requestAnimationFrame(() => canvasView()?.fit())),
    );
}

function ordered(file: ExperimentFile, order: Order): ExperimentFile {
  const all = withContents(file, order.places);
  let after = moveMarks(moveNodes(file, all), all);
  for (const [id, size] of order.sizes) after = changeMark(after, id, { size });
  return after;
}

/** Lays out again, with room, where a picture would not be readable beside its node. */
async function withPictures(
  draft: ExperimentFile,
  boxes: readonly Box[],
  lay: (room: ReadonlyMap<string, number>) => Promise<Order>,
): Promise<Order> {
  const order = await lay(new Map());
  const heights = new Map(boxes.map(({ id, height }) => [id, height]));
  const wanted = wantedPeeks().filter((id) => heights.has(id));
  if (wanted.length === 0) return order;
  const places = placesOfPeeks(ordered(draft, order), wanted, (id) => heights.get(id));
  const cramped = wanted.filter((id) => !isReadable(places.get(id)));
  return cramped.length ? lay(new Map(cramped.map((id) => [id, PEEK_ROOM]))) : order;
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
