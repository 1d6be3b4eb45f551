import type { ReactFlowInstance, Transform, useStoreApi } from "@xyflow/react";
import { SMOOTH } from "../flow/animate";
import { useEditor } from "../store/store";

/** Room that is left below the lowest node. */
const EDGE = 16;
/** A node that fails grows by its message; what is hidden by no more was seen. */
const GROWS_BY = 48;

const sameView = (one: Transform, other: Transform): boolean =>
  one.every((value, place) => Math.abs(value - (other[place] ?? 0)) < 0.5);

/**
 * A panel that opens must not cover what it is about: the node that is selected, or else all that was seen. When it is
 * closed the view goes back to where it was, unless somebody has moved it meanwhile. Returns what ends this.
 */
export function makeRoom(
  element: HTMLElement,
  flow: ReactFlowInstance,
  store: ReturnType<typeof useStoreApi>,
  fit: () => void,
  show: (id: string) => void,
): () => void {
  let height = element.clientHeight;
  let lent: { height: number; from: Transform; to: Transform } | null = null;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let allWasSeen = false;
  const edges = ([, y, zoom]: Transform) => {
    const all = flow.getNodesBounds(flow.getNodes());
    return { top: y + all.y * zoom, bottom: y + (all.y + all.height) * zoom };
  };
  const resized = new ResizeObserver(() => {
    const before = height;
    const now = store.getState().transform;
    height = element.clientHeight;
    const stayed = lent !== null && sameView(lent.to, now);
    if (height >= before) {
      if (!lent || height < lent.height) return;
      const [x, y, zoom] = lent.from;
      if (stayed) void flow.setViewport({ x, y, zoom }, SMOOTH);
      lent = null;
      return;
    }
    lent = lent && stayed ? { ...lent, to: now } : { height: before, from: now, to: now };
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (allWasSeen && edges(store.getState().transform).bottom > height) fit(); // a node grew meanwhile
      allWasSeen = false;
      if (lent) lent.to = store.getState().transform;
    }, 2 * SMOOTH.duration);
    const [only, ...others] = useEditor.getState().selection.nodes;
    if (only && others.length === 0) return void requestAnimationFrame(() => show(only));
    if (allWasSeen) return fit(); // the panel grows while the view is still on its way
    const [x, y, zoom] = now;
    const { top, bottom } = edges(now);
    allWasSeen = top >= 0 && bottom <= before + GROWS_BY * zoom;
    if (!allWasSeen || bottom <= height) return;
    if (bottom - top > height - 2 * EDGE) return fit();
    void flow.setViewport({ x, y: y - (bottom + EDGE - height), zoom }, SMOOTH);
  });
  resized.observe(element);
  return () => {
    clearTimeout(settling);
    resized.disconnect();
  };
}
