import { useReactFlow } from "@xyflow/react";
import { useEffect, type RefObject } from "react";
import { useEditor } from "../store/store";
import { SMOOTH } from "../flow/animate";
import { isHeld } from "./givingUp";

/** Pixels between what is selected and what floats over the canvas. */
const ROOM = 12;

/** The view buttons and the overview cover neither a selected node nor its picture: the view moves a little. */
export function useUncovered(frame: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const uncover = () => {
      const [only, ...others] = useEditor.getState().selection.nodes;
      // Under the hand nothing moves.
      if (only === undefined || others.length > 0 || isHeld()) return;
      const node = element.querySelector(`.react-flow__node[data-id="${CSS.escape(only)}"]`);
      if (!node) return;
      const floating = [...element.querySelectorAll("[data-floating]")].map((one) =>
        one.getBoundingClientRect(),
      );
      const up = [node, ...node.querySelectorAll("[data-peek]")]
        .map((one) => one.getBoundingClientRect())
        .flatMap((box) =>
          floating
            .filter((one) => one.left < box.right && box.left < one.right)
            .filter((one) => one.top < box.bottom && box.top < one.bottom)
            .map((one) => box.bottom - one.top + ROOM),
        );
      if (up.length === 0) return;
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x, y: y - Math.max(...up), zoom }, SMOOTH);
    };
    const soon = () => requestAnimationFrame(() => requestAnimationFrame(uncover));
    const stop = useEditor.subscribe((now, before) => {
      if (now.selection.nodes !== before.selection.nodes) soon();
    });
    element.addEventListener("pointerup", soon);
    return () => {
      stop();
      element.removeEventListener("pointerup", soon);
    };
  }, [flow, frame]);
}
