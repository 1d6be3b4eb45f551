import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, type RefObject } from "react";
import type { Position } from "../../graph/types";
import { NODE_HEIGHT, NODE_WIDTH } from "../../graph/place";
import { useEditor } from "../store/store";
import { SMOOTH } from "../flow/animate";
import { FAR_ZOOM, MANY, SPECK_ZOOM, setFar, useFar } from "./far";
import { viewOf } from "./fitting";
import { makeRoom } from "./makeRoom";
import { setCanvasView } from "../window/view";

/** Of the view's lower end, where its buttons are. */
const CONTROLS = 24;
/** Room around what is brought into view. */
const ROOM = 40;
/** How long a node is waited for that is about to be drawn. */
const FRAMES = 60;

/** How far something must move along one axis so that all of it is seen, with a little room. */
function intoView(start: number, length: number, view: number): number {
  if (start < ROOM) return ROOM - start;
  return Math.min(0, Math.max(ROOM - start, view - ROOM - start - length));
}

/** Lets commands reach the canvas, and follows the pointer over it without redrawing anything. */
export function useCanvasView(frame: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow();
  const store = useStoreApi();

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let pointer: Position | null = null;
    const onMove = (event: PointerEvent) => (pointer = { x: event.clientX, y: event.clientY });
    const onLeave = () => (pointer = null);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerleave", onLeave);

    const middle = (): Position => {
      const box = element.getBoundingClientRect();
      return flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    };
    const nodeElement = (id: string) =>
      element.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    // Of a large graph only what is in view is drawn: what lies elsewhere is there when the view has come to it.
    let asked = 0;
    const focus = (id: string, frames = FRAMES, mine = (asked += 1)) => {
      const node = nodeElement(id);
      if (mine !== asked) return;
      // Under quick keys another is selected by now; the focus would select this one again.
      const { nodes, marks } = useEditor.getState().selection;
      if (frames < FRAMES && !nodes.has(id) && !marks.has(id)) return;
      if (node) node.focus({ preventScroll: true });
      else if (frames > 0) requestAnimationFrame(() => focus(id, frames - 1, mine));
    };
    let heading = { id: "", at: -SMOOTH.duration };
    // Until then the view goes to a node: its ports are drawn on the way, since the next key may lead to them.
    let nearBy = 0;
    const show = (id: string, toRead = false, gently = false) => {
      // The focus that follows must not lead another way.
      if (heading.id === id && performance.now() - heading.at < SMOOTH.duration) return;
      const node = flow.getNode(id);
      const isShown = inView(id) && !(toRead && useFar.getState().far);
      if (!node || isShown) return;
      heading = { id, at: performance.now() };
      const [left, top, now] = store.getState().transform;
      const zoom = Math.max(now, 0.7);
      const { x, y } = node.position;
      if (gently && zoom === now) {
        const by = {
          x: intoView(left + x * now, NODE_WIDTH * now, element.clientWidth),
          y: intoView(top + y * now, NODE_HEIGHT * now, element.clientHeight - CONTROLS),
        };
        if (Math.abs(by.x) <= element.clientWidth / 2 && Math.abs(by.y) <= element.clientHeight / 2)
          return void flow.setViewport({ x: left + by.x, y: top + by.y, zoom: now }, SMOOTH);
      }
      nearBy = performance.now() + 2 * SMOOTH.duration;
      void flow.setCenter(x + NODE_WIDTH / 2, y + NODE_HEIGHT / 2, { ...SMOOTH, zoom });
    };
    const inView = (id: string): boolean => {
      const node = nodeElement(id)?.getBoundingClientRect();
      const box = element.getBoundingClientRect();
      const zoom = store.getState().transform[2];
      // Of a note or a frame, which may be larger than the view, the beginning is enough.
      return Boolean(
        node &&
        node.left > box.left &&
        node.left + Math.min(node.width, NODE_WIDTH * zoom) < box.right &&
        node.top > box.top &&
        node.top + Math.min(node.height, NODE_HEIGHT * zoom) < box.bottom,
      );
    };

    const fit = (nodes?: readonly string[]) => {
      const view = viewOf(store, nodes);
      if (view) void flow.setViewport(view, SMOOTH);
    };
    setCanvasView({
      fit,
      zoomIn: () => void flow.zoomIn(SMOOTH),
      zoomOut: () => void flow.zoomOut(SMOOTH),
      zoomToFull: () => void flow.zoomTo(1, SMOOTH),
      show: (id) => show(id),
      focus: (id) => focus(id),
      boxes: (ids) =>
        ids.flatMap((id) => {
          const node = flow.getNode(id);
          if (!node) return [];
          const { width = NODE_WIDTH, height = NODE_HEIGHT } = node.measured ?? {};
          return [{ id, ...node.position, width, height }];
        }),
      reveal: (id) => {
        // What is gone to is to be read; in a graph seen from far away it is a mere box.
        show(id, true);
        focus(id);
      },
      settle: (id) => {
        show(id, true, true);
        focus(id);
      },
      zoom: () => store.getState().transform[2],
      toCanvas: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
      toScreen: (place) => flow.flowToScreenPosition(place),
      pointer: () => pointer && flow.screenToFlowPosition(pointer, { snapToGrid: false }),
      middle,
    });

    // Far out, text is noise: one attribute, no node is redrawn.
    let was = { asBoxes: false, zoom: 0 };
    let first = true;
    const markFar = () => {
      const { transform, nodeLookup } = store.getState();
      const far = transform[2] < FAR_ZOOM;
      const speck = transform[2] < SPECK_ZOOM;
      const isMany = nodeLookup.size > MANY;
      const asBoxes = speck || (far && isMany);
      if (asBoxes !== was.asBoxes || transform[2] !== was.zoom) {
        setFar(asBoxes, first || (asBoxes && isMany) || performance.now() < nearBy);
      }
      was = { asBoxes, zoom: transform[2] };
      first = false;
      if ((element.dataset.speck === "true") !== speck) element.dataset.speck = String(speck);
      if ((element.dataset.far === "true") !== far) element.dataset.far = String(far);
      const reading = store.getState().transform[2] >= 0.7;
      if ((element.dataset.reading === "true") !== reading) element.dataset.reading = String(reading);
    };
    markFar();
    const stop = store.subscribe(markFar);

    const stopMakingRoom = makeRoom(element, flow, store, fit, (id) => show(id, false, true));
    return () => {
      stop();
      stopMakingRoom();
      setCanvasView(null);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerleave", onLeave);
    };
  }, [flow, store, frame]);
}
