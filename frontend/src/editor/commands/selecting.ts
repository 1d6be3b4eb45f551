/** Verbs that change what is selected. */

import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconDeselect,
  IconSelectAll,
  IconTopologyRing,
} from "@tabler/icons-react";
import { connected, downstream, upstream } from "../../graph/reach";
import { select, selectAll } from "../store/selection";
import { shownGraph, useEditor } from "../store/store";
import type { Command } from "./command";
import { A_NODE } from "./needs";

const state = useEditor.getState;
const some = () => state().selection.nodes.size > 0;

function grow(direction: typeof upstream): void {
  const { nodes } = state().selection;
  select([...nodes, ...direction(shownGraph(state()), nodes)]);
}

export const selectAllCommand: Command = {
  id: "select-all",
  label: "Select all",
  group: "Select",
  Icon: IconSelectAll,
  keys: ["Ctrl+A"],
  enabled: () => shownGraph(state()).nodes.length > 0,
  needs: "There is no node yet",
  run: selectAll,
};

const selectNothingCommand: Command = {
  id: "select-nothing",
  label: "Select nothing",
  group: "Select",
  Icon: IconDeselect,
  keys: ["Escape"],
  enabled: () => some() || state().selection.wires.size > 0,
  needs: "Nothing is selected",
  run: () => select([]),
};

export const selectUpstreamCommand: Command = {
  id: "select-upstream",
  label: "Select all upstream",
  group: "Select",
  Icon: IconArrowBarToUp,
  keys: ["Shift+U"],
  enabled: some,
  needs: A_NODE,
  run: () => grow(upstream),
};

export const selectDownstreamCommand: Command = {
  id: "select-downstream",
  label: "Select all downstream",
  group: "Select",
  Icon: IconArrowBarToDown,
  keys: ["Shift+D"],
  enabled: some,
  needs: A_NODE,
  run: () => grow(downstream),
};

export const selectConnectedCommand: Command = {
  id: "select-connected",
  label: "Select all connected",
  group: "Select",
  Icon: IconTopologyRing,
  keys: ["Shift+C"],
  enabled: some,
  needs: A_NODE,
  run: () => grow(connected),
};

export const selecting: Command[] = [
  selectAllCommand,
  selectNothingCommand,
  selectUpstreamCommand,
  selectDownstreamCommand,
  selectConnectedCommand,
];
