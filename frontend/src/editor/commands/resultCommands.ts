/** Verbs about what came out of the selected node, and what it is. */

import {
  IconBook,
  IconChartBar,
  IconDeviceFloppy,
  IconDownload,
  IconMaximize,
  IconRotate,
} from "@tabler/icons-react";
import { artifactDownloadUrl } from "../../api/artifacts";
import { changeNode } from "../../graph/edits";
import { findNode, nodeName } from "../../graph/read";
import type { End } from "../../graph/types";
import { canBeKept } from "../../results/wireTypes";
import { saveAsDataset } from "../../results/outputs/saveAsDataset";
import { currentCatalog } from "../store/catalog";
import { openPanel } from "../window/layout";
import { originOf, outputOf } from "../run/nodeResult";
import { openOverlay } from "../window/overlays";
import { lookAt } from "../window/lookAt";
import { edit } from "../store/edit";
import { isReadOnly, shownGraph, useEditor } from "../store/store";
import type { Command } from "./command";
import { ONE_NODE, toEdit } from "./needs";
import { openInside } from "./ownModules";

const state = useEditor.getState;
const one = () => state().selection.nodes.size === 1;
const selected = (): string | undefined => [...state().selection.nodes][0];

/** The output port that is looked at, else the first one. */
function output(): End | null {
  const id = selected();
  const node = id === undefined ? undefined : findNode(shownGraph(state()), id);
  if (!node) return null;
  const { port } = state();
  if (port?.node === node.id && port.port !== "log") return port;
  const name = currentCatalog().module(node.module)?.outputs[0]?.name;
  return name ? { node: node.id, port: name } : null;
}

const result = () => {
  const end = output();
  return end ? outputOf(end) : undefined;
};

export const openNodeCommand: Command = {
  id: "open-node",
  label: "Open: inputs, parameters and output side by side",
  group: "View",
  Icon: IconMaximize,
  keys: ["Enter"],
  enabled: one,
  needs: ONE_NODE,
  run: () => {
    const node = selected();
    if (node && !openInside(node)) openOverlay({ kind: "opened", node });
  },
};

export const resetParamsCommand: Command = {
  id: "reset-params",
  label: "Reset all parameters to their defaults",
  group: "Edit",
  Icon: IconRotate,
  enabled: () =>
    !isReadOnly(state()) &&
    [...state().selection.nodes].some((id) => {
      const node = findNode(state().draft, id);
      return node && Object.keys(node.params).length > 0;
    }),
  needs: toEdit("All parameters have their defaults"),
  run: () => {
    const { selection, draft } = state();
    const only = selected();
    const node = only === undefined ? undefined : findNode(draft, only);
    const what = selection.nodes.size === 1 && node ? nodeName(currentCatalog(), node) : "several nodes";
    edit(`Reset ${what}`, (file) =>
      [...selection.nodes].reduce(
        (done, id) => changeNode(done, id, (was) => ({ ...was, params: {} })),
        file,
      ),
    );
  },
};

export const helpCommand: Command = {
  id: "module-help",
  label: "Help for the module",
  group: "View",
  Icon: IconBook,
  keys: ["F1"],
  enabled: one,
  needs: ONE_NODE,
  run: () => {
    openPanel("properties");
    window.setTimeout(() => {
      const help = document.querySelector<HTMLDetailsElement>("[data-module-help]");
      if (!help) return;
      help.open = true;
      help.scrollIntoView({ block: "start" });
      help.querySelector("summary")?.focus();
    }, 80);
  },
};

export const resultCommands: Command[] = [
  openNodeCommand,
  resetParamsCommand,
  helpCommand,
  {
    id: "visualize",
    label: "Visualize the output",
    group: "View",
    Icon: IconChartBar,
    keys: ["V"],
    enabled: () => output() !== null,
    needs: "Select a node with an output",
    run: () => {
      const end = output();
      if (end) lookAt(end.node, end.port);
    },
  },
  {
    id: "download-output",
    label: "Download the output",
    group: "View",
    Icon: IconDownload,
    enabled: () => result() !== undefined,
    needs: "Run the node first",
    run: () => {
      const found = result();
      if (found) window.location.assign(artifactDownloadUrl(found.artifact));
    },
  },
  {
    id: "save-output",
    label: "Save the output as a dataset…",
    group: "View",
    Icon: IconDeviceFloppy,
    enabled: () => canBeKept(result()?.type),
    needs: "Run a node that gives a table or a bundle",
    run: () => {
      const end = output();
      const found = result();
      if (end && found) saveAsDataset(found.artifact, originOf(end.node));
    },
  },
];
