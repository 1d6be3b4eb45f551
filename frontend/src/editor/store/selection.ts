/** What is selected: nodes, wires, and the output port whose value is looked at. */

import { shownGraph, useEditor } from "./store";
import { NOTHING } from "./state";

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((id) => b.has(id));

export function select(nodes: Iterable<string>, wires: Iterable<string> = NOTHING): void {
  const selection = { nodes: new Set(nodes), wires: new Set(wires) };
  useEditor.setState((state) =>
    same(state.selection.nodes, selection.nodes) && same(state.selection.wires, selection.wires)
      ? state
      : { selection },
  );
}

export const selectAll = (): void => select(shownGraph(useEditor.getState()).nodes.map((node) => node.id));

/** Opens an output port in the results panel, and selects its node. */
export function showPort(node: string, port: string): void {
  select([node]);
  useEditor.setState({ port: { node, port } });
}

export const closePort = (): void => useEditor.setState({ port: null });
