import { useEffect, type RefObject } from "react";
import { goToNode } from "../commands/goToNode";
import { entrance, leftAt } from "../commands/walkCommands";
import { useEditor } from "../store/store";

const ENTER = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter"]);

/**
 * The graph is one stop of the Tab key, however many nodes it has: the key comes in at one node, goes on to that
 * node's ports, and out. Escape goes from a port to its node, and from a node to the graph as a whole.
 */
export function useRovingFocus(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    const graph = element?.querySelector<HTMLElement>(".react-flow");
    if (!element || !graph) return;
    graph.tabIndex = 0;
    const nodeOf = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLElement>(".react-flow__node") : null;

    let last: HTMLElement | null = null;
    let returning = false;
    const onFocusIn = ({ target, relatedTarget }: FocusEvent) => {
      const node = nodeOf(target);
      last = node;
      if (node?.dataset.id) leftAt(node.dataset.id);
      graph.tabIndex = node || target === graph ? -1 : 0;
      // By mouse, or back from a node, the graph itself is meant.
      if (returning || target !== graph || !graph.matches(":focus-visible") || nodeOf(relatedTarget)) return;
      const id = entrance();
      if (id) goToNode(id);
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) graph.tabIndex = 0;
    };
    // A node that is taken away with the focus on it leaves it to the graph: the next key goes on from there.
    const stopWatching = useEditor.subscribe((now, before) => {
      if (now.draft === before.draft || !last) return;
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (!last || last.isConnected || document.activeElement !== document.body) return;
          last = null;
          returning = true;
          graph.focus({ preventScroll: true });
          returning = false;
        }),
      );
    });
    const onKeyDown = (event: KeyboardEvent) => {
      const node = nodeOf(event.target);
      if (event.key === "Escape" && node) {
        if (event.target === node) return graph.focus({ preventScroll: true });
        if (!(event.target as Element).matches(".react-flow__handle")) return;
        event.preventDefault();
        node.focus({ preventScroll: true });
      }
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.target !== graph || !plain || !ENTER.has(event.key)) return;
      const id = useEditor.getState().selection.nodes.size ? undefined : entrance();
      if (!id) return;
      event.preventDefault();
      goToNode(id);
    };
    // A click on the canvas leads the focus to nothing in it: from there, too, the key comes in.
    let clicked = false;
    const onPointerDown = ({ target }: PointerEvent) => {
      clicked = target instanceof Node && element.contains(target);
    };
    const onTab = (event: KeyboardEvent) => {
      const byMouse = clicked;
      clicked = false;
      const { target } = event;
      const isOutside = target === document.body || target === graph || (target as Element).matches("main");
      const id = byMouse && isOutside ? entrance() : undefined;
      if (event.key !== "Tab" || event.shiftKey || event.defaultPrevented || !id) return;
      event.preventDefault();
      goToNode(id);
    };
    window.addEventListener("pointerdown", onPointerDown, true);
    window.addEventListener("keydown", onTab);
    element.addEventListener("focusin", onFocusIn);
    element.addEventListener("focusout", onFocusOut);
    element.addEventListener("keydown", onKeyDown);
    return () => {
      stopWatching();
      window.removeEventListener("pointerdown", onPointerDown, true);
      window.removeEventListener("keydown", onTab);
      element.removeEventListener("focusin", onFocusIn);
      element.removeEventListener("focusout", onFocusOut);
      element.removeEventListener("keydown", onKeyDown);
    };
  }, [frame]);
}
