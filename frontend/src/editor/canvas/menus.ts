/** Which verbs each context menu has. */

import {
  IconArrowDown,
  IconArrowUp,
  IconChartBar,
  IconDownload,
  IconLink,
  IconPlugConnectedX,
  IconDeviceFloppy,
  IconPalette,
  IconPencil,
  IconPlayerPlay,
  IconSelectAll,
  IconSettings,
  IconStack2,
  type Icon,
} from "@tabler/icons-react";
import { artifactDownloadUrl } from "../../api/artifacts";
import { removeWires } from "../../graph/edits";
import { endOf, findNode, wireId } from "../../graph/read";
import type { End } from "../../graph/types";
import { currentCatalog } from "../store/catalog";
import type { Command } from "../commands/command";
import type { Entry, Submenu } from "../commands/CommandItems";
import {
  addCommand,
  commentCommand,
  copyCommand,
  cutCommand,
  deleteCommand,
  duplicateCommand,
  pasteCommand,
  pasteInPlaceCommand,
  propertiesCommand,
} from "../commands/editing";
import { bypassCommand, deleteWithWiresCommand } from "../commands/rewiring";
import { makeOneCommand, openInsideCommand, ownMenu, saveAsModuleCommand } from "../commands/ownModules";
import { pinCommand } from "../commands/pinning";
import { renameCommand } from "../commands/naming";
import { goToNode } from "../commands/goToNode";
import { helpCommand, openNodeCommand, resetParamsCommand } from "../commands/resultCommands";
import { runCommand, runningSelected, runToHereCommand } from "../commands/running";
import {
  collapseCommand,
  colorCommands,
  frameCommand,
  noteAt,
  selectInsideCommand,
  writeCommand,
} from "../commands/marking";
import { tidyCommand } from "../commands/arranging";
import {
  selectAllCommand,
  selectConnectedCommand,
  selectDownstreamCommand,
  selectUpstreamCommand,
} from "../commands/selecting";
import { viewCommands } from "../commands/viewCommands";
import { originOf, outputOf } from "../run/nodeResult";
import { openOverlay, type MenuTarget } from "../window/overlays";
import { lookAt } from "../window/lookAt";
import { edit } from "../store/edit";
import { isReadOnly, shownGraph, useEditor } from "../store/store";
import { canvasView } from "../window/view";
import { canBeKept } from "../../results/wireTypes";
import { saveAsDataset } from "../../results/outputs/saveAsDataset";

const state = useEditor.getState;
const writable = () => !isReadOnly(state());

export function menuOf(target: MenuTarget): Entry[][] {
  switch (target.kind) {
    case "node":
      return [
        firstVerbs(target.id),
        [
          runToHereCommand,
          submenu(
            "Run",
            IconPlayerPlay,
            runningSelected.filter((one) => one !== runToHereCommand),
          ),
          pinCommand,
        ],
        [renameCommand, commentCommand, submenu("Settings", IconSettings, SETTINGS)],
        [copyCommand, duplicateCommand, submenu("Edit", IconPencil, EDITS)],
        [submenu("Select", IconSelectAll, SELECTS)],
        [deleteCommand],
      ];
    case "port":
      return target.side === "output" ? outputMenu(target.end) : [wireVerbs(target.end, "input")];
    case "wire":
      return wireMenu(target.id);
    case "mark":
      return [
        [writeCommand, collapseCommand, selectInsideCommand, submenu("Color", IconPalette, colorCommands)],
        [cutCommand, copyCommand, duplicateCommand],
        [deleteCommand],
      ];
    case "canvas":
      return [
        [{ ...addCommand, run: () => addAt(target.at) }, noteAt(target.at), frameCommand],
        [pasteCommand, pasteInPlaceCommand],
        [runCommand],
        [tidyCommand, selectAllCommand, ...viewCommands.filter(({ id }) => id === "fit")],
      ];
  }
}

/** Of several nodes, what makes one of them; of one, how to look into it. */
function firstVerbs(id: string): Entry[] {
  if (state().selection.nodes.size > 1) return [makeOneCommand];
  const output = oneEntry("View output", IconChartBar, visualizeEach(id));
  if (openInsideCommand.enabled?.()) return [submenu("What is inside", IconStack2, ownMenu), ...output];
  return [openNodeCommand, ...output];
}

const submenu = (label: string, Icon: Icon, commands: readonly Command[]): Submenu => ({
  id: `more-${label}`,
  label,
  Icon,
  commands,
});

/** A command alone, or several behind one entry. */
const oneEntry = (label: string, Icon: Icon, commands: Command[]): Entry[] =>
  commands.length > 1 ? [submenu(label, Icon, commands)] : commands;

const SETTINGS = [propertiesCommand, resetParamsCommand, helpCommand];
const EDITS = [
  cutCommand,
  pasteCommand,
  frameCommand,
  saveAsModuleCommand,
  bypassCommand,
  deleteWithWiresCommand,
];
const SELECTS = [selectUpstreamCommand, selectDownstreamCommand, selectConnectedCommand];

/** What travels on it, its two ends, and its end. */
function wireMenu(id: string): Command[][] {
  const wire = shownGraph(state()).wires.find((one) => wireId(one) === id);
  const [from, to] = [wire && endOf(wire.from), wire && endOf(wire.to)];
  const go = (label: string, node: string, Icon: Command["Icon"]): Command => ({
    id: label,
    label,
    group: "Go",
    ...(Icon && { Icon }),
    run: () => goToNode(node),
  });
  return [
    from && to
      ? [
          visualize(from, "Visualize its data"),
          go("Go to the node above", from.node, IconArrowUp),
          go("Go to the node below", to.node, IconArrowDown),
        ]
      : [],
    [{ ...deleteCommand, label: "Delete wire" }],
  ].filter((section) => section.length > 0);
}

function addAt(at: { x: number; y: number }): void {
  const screen = canvasView()?.toScreen(at);
  if (screen) openOverlay({ kind: "quick-add", at, screen });
}

function visualize(end: End, label: string): Command {
  return {
    id: `visualize-${end.port}`,
    label,
    group: "View",
    Icon: IconChartBar,
    run: () => lookAt(end.node, end.port),
  };
}

/** One entry for each output, as classic had. */
function visualizeEach(id: string): Command[] {
  const node = findNode(shownGraph(state()), id);
  const outputs = (node && currentCatalog().module(node.module)?.outputs) ?? [];
  return outputs.map((port) => visualize({ node: id, port: port.name }, `Visualize ${port.label}`));
}

function outputMenu(end: End): Command[][] {
  const output = outputOf(end);
  return [
    [
      visualize(end, "Visualize"),
      {
        id: "download",
        label: "Download",
        group: "View",
        Icon: IconDownload,
        enabled: () => output !== undefined,
        run: () => output && window.location.assign(artifactDownloadUrl(output.artifact)),
      },
      {
        id: "save-dataset",
        label: "Save as dataset…",
        group: "View",
        Icon: IconDeviceFloppy,
        enabled: () => canBeKept(output?.type),
        run: () => output && saveAsDataset(output.artifact, originOf(end.node)),
      },
    ],
    wireVerbs(end, "output"),
  ];
}

function wireVerbs(end: End, side: "input" | "output"): Command[] {
  const key = `${end.node}.${end.port}`;
  const touches = (wire: { from: string; to: string }) => (side === "input" ? wire.to : wire.from) === key;
  return [
    {
      id: "connect",
      label: side === "output" ? "Connect to…" : "Connect from…",
      group: "Edit",
      Icon: IconLink,
      enabled: writable,
      run: () => {
        // Of a node in a collapsed frame the port is on the frame.
        const port =
          document.querySelector(
            `[data-nodeid="${CSS.escape(end.node)}"][data-handleid="${CSS.escape(end.port)}"]`,
          ) ?? document.querySelector(`[data-handleid="${CSS.escape(key)}"]`);
        const box = port?.getBoundingClientRect();
        openOverlay({
          kind: "wire",
          end,
          side,
          screen: { x: box?.left ?? 200, y: (box?.bottom ?? 200) + 4 },
        });
      },
    },
    {
      id: "disconnect",
      label: "Disconnect",
      group: "Edit",
      Icon: IconPlugConnectedX,
      enabled: () => writable() && state().draft.wires.some(touches),
      run: () => edit("Disconnect", (draft) => removeWires(draft, touches)),
    },
  ];
}
