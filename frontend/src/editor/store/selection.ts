/** What is selected: nodes, wires, and the output port whose value is looked at. */

import { framesOf, notesOf } from "../../graph/marks";
import { shownGraph, useEditor } from "./store";
import { NOTHING } from "./state";

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((id) => b.has(id));

export function select(
  nodes: Iterable<string>,
  wires: Iterable<string> = NOTHING,
  marks: Iterable<string> = NOTHING,
): void {
  const selection = { nodes: new Set(nodes), wires: new Set(wires), marks: new Set(marks) };
  const [only] = selection.nodes;
  useEditor.setState((state) =>
    same(state.selection.nodes, selection.nodes) &&
    same(state.selection.wires, selection.wires) &&
    same(state.selection.marks, selection.marks)
      ? state
      : { selection, ...(only !== undefined && selection.nodes.size === 1 && { looked: only }) },
  );
}

export function selectAll(): void {
  const graph = shownGraph(useEditor.getState());
  const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  select(idsOf(graph.nodes), [], [...idsOf(notesOf(graph)), ...idsOf(framesOf(graph))]);
}

/** Opens an output port in the results panel, and selects its node. */
export function showPort(node: string, port: string): void {
  select([node]);
  useEditor.setState({ port: { node, port } });
}
