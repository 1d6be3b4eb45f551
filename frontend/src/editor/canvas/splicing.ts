/** The wire that a node would be put into if it were let go now. */

import { create } from "zustand";
import { addNode } from "../../graph/edits";
import { endOf, wireId } from "../../graph/read";
import { splice } from "../../graph/splice";
import type { Graph, Position, Wire } from "../../graph/types";
import { currentCatalog } from "../catalog";
import { useEditor } from "../store/store";

export const useSplicing = create<{ wire: string | null }>(() => ({ wire: null }));

const mark = (wire: string | null): void => {
  if (useSplicing.getState().wire !== wire) useSplicing.setState({ wire });
};

/** The marked wire, which is marked no more. */
export function takeSplice(): Wire | null {
  const id = useSplicing.getState().wire;
  mark(null);
  return useEditor.getState().draft.wires.find((wire) => wireId(wire) === id) ?? null;
}

/** A node of the graph is dragged: one that hangs on no wire yet may go into the one under the pointer. */
export function considerNode(id: string, pointer: Position): void {
  const { draft } = useEditor.getState();
  const wired = draft.wires.some((wire) => endOf(wire.from).node === id || endOf(wire.to).node === id);
  mark(wired ? null : fitting(draft, id, pointer));
}

/** A module is dragged here from the palette. */
export function considerModule(module: string | null, pointer: Position): void {
  const { draft } = useEditor.getState();
  const id = "\n";
  mark(module && fitting(addNode(draft, id, { module, position: pointer }), id, pointer));
}

export const considerNothing = (): void => mark(null);

function fitting(graph: Graph, node: string, { x, y }: Position): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>(".react-flow__edge")?.dataset.id;
    const wire = id && graph.wires.find((one) => wireId(one) === id);
    if (wire) return splice(graph, currentCatalog(), wire, node) ? wireId(wire) : null;
  }
  return null;
}
