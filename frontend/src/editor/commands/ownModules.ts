/** Verbs about own modules: several nodes as one, what is inside of it, and the palette. */

import {
  IconArrowBackUp,
  IconBookmarkPlus,
  IconLayersSubtract,
  IconPackageExport,
  IconPackageImport,
  IconRefresh,
  IconSettings2,
  IconShieldCheck,
  IconStack2,
  IconTrash,
} from "@tabler/icons-react";
import {
  deleteOwnModule,
  keepOwnModule,
  ownModulesQuery,
  packageAddress,
  readModules,
  type OwnModule,
} from "../../api/ownModules";
import { queries } from "../../api/queryClient";
import { needed } from "../../graph/own/carry";
import { takeVersion } from "../../graph/own/change";
import { definitionOf, definitionsOf, type Definition } from "../../graph/own/definition";
import { layOpen } from "../../graph/own/layOpen";
import { whyNotOne } from "../../graph/own/make";
import { waitingIn } from "../../graph/own/trust";
import { findNode, nodeName } from "../../graph/read";
import type { GraphNode } from "../../graph/types";
import { readPackage } from "../../library/readPackage";
import { confirmLoss } from "../../ui/confirm";
import { followDownload } from "../../ui/download";
import { showProblem } from "../../ui/showProblem";
import { currentCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { openLevel } from "../store/level";
import { select } from "../store/selection";
import { currentShelf, shelfKey } from "../store/shelf";
import { isReadOnly, shownGraph, useEditor } from "../store/store";
import { hint } from "../window/hint";
import { openOverlay } from "../window/overlays";
import { canvasView } from "../window/view";
import type { Command } from "./command";
import { A_NODE, toEdit } from "./needs";

const state = useEditor.getState;
const writable = () => !isReadOnly(state());

const AN_OWN_ONE = "Select one node that was made of others";

function selected(): GraphNode | undefined {
  const [id, ...others] = state().selection.nodes;
  return id !== undefined && others.length === 0 ? findNode(shownGraph(state()), id) : undefined;
}

function selectedOwn(): { node: GraphNode; own: Definition } | undefined {
  const node = selected();
  const own = node && definitionOf(shownGraph(state()), node);
  return node && own ? { node, own } : undefined;
}

/** What is another level is another picture: all of it is shown. */
const fitSoon = () => requestAnimationFrame(() => requestAnimationFrame(() => canvasView()?.fit()));

/** Shows what is inside of a node; false where it is of no own module. */
export function openInside(id: string): boolean {
  const node = findNode(shownGraph(state()), id);
  if (!node || !definitionOf(shownGraph(state()), node)) return false;
  openLevel([...state().inside, id]);
  fitSoon();
  return true;
}

/** Goes up to a level, and selects the node that was open there. */
export function goUpTo(depth: number): void {
  const { inside } = state();
  const left = inside[depth];
  if (left === undefined) return;
  openLevel(inside.slice(0, depth));
  select([left]);
  fitSoon();
}

export const makeOneCommand: Command = {
  id: "make-one",
  label: "Make one node of these…",
  group: "Edit",
  Icon: IconStack2,
  keys: ["Shift+M"],
  enabled: () => writable() && state().selection.nodes.size > 0,
  needs: toEdit(A_NODE),
  run: () => {
    const { draft, selection } = state();
    const why = whyNotOne(draft, currentCatalog(), selection.nodes);
    if (why !== null) return hint(why);
    const ids = [...selection.nodes, ...selection.marks];
    return openOverlay({ kind: "own-module", make: ids, keep: false });
  },
};

const isScript = (node: GraphNode | undefined): boolean =>
  currentCatalog()
    .module(node?.module ?? "")
    ?.params.some(({ type }) => type === "code") ?? false;

export const saveAsModuleCommand: Command = {
  id: "save-as-module",
  label: "Save as module…",
  group: "Edit",
  Icon: IconBookmarkPlus,
  enabled: () => writable() && isScript(selected()) && !selectedOwn(),
  needs: toEdit("Select one node with a script"),
  run: () => openOverlay({ kind: "own-module", make: [...state().selection.nodes], keep: true }),
};

export const openInsideCommand: Command = {
  id: "open-inside",
  label: "Open what is inside",
  group: "Go",
  Icon: IconStack2,
  enabled: () => selectedOwn() !== undefined,
  needs: AN_OWN_ONE,
  run: () => selectedOwn() && openInside(selectedOwn()?.node.id ?? ""),
};

const leaveCommand: Command = {
  id: "leave-inside",
  label: "Back to the level above",
  group: "Go",
  Icon: IconArrowBackUp,
  keys: ["U"],
  enabled: () => state().inside.length > 0,
  needs: "Open what is inside of a node first",
  run: () => goUpTo(state().inside.length - 1),
};

const layOpenCommand: Command = {
  id: "lay-open",
  label: "Lay open: the nodes inside in its place",
  group: "Edit",
  Icon: IconLayersSubtract,
  enabled: () => writable() && selectedOwn() !== undefined,
  needs: toEdit(AN_OWN_ONE),
  run: () => {
    const found = selectedOwn();
    if (!found) return;
    let ids: string[] = [];
    edit(`Lay open ${nodeName(currentCatalog(), found.node)}`, (draft) => {
      const laid = layOpen(draft, found.node.id, state().usedIds);
      ids = laid.ids;
      return laid.file;
    });
    select(ids);
  },
};

const changeCommand: Command = {
  id: "change-own-module",
  label: "Name, ports and parameters…",
  group: "Edit",
  Icon: IconSettings2,
  enabled: () => writable() && selectedOwn() !== undefined,
  needs: toEdit(AN_OWN_ONE),
  run: () => {
    const found = selectedOwn();
    if (found) openOverlay({ kind: "own-module", change: found.node.id });
  },
};

/** Keeps what a node stands for in the palette; the node is of that version then. */
export async function keepInPalette(id: string): Promise<void> {
  const { draft, id: experiment } = state();
  const node = findNode(draft, id);
  const own = node && definitionOf(draft, node);
  if (!own) return;
  const known = currentShelf().modules.some(({ slug }) => slug === own.slug);
  try {
    const kept = await keepOwnModule(own, needed(own, definitionsOf(draft)), (known && own.slug) || null);
    await queries.invalidateQueries({ queryKey: ownModulesQuery().queryKey });
    if (state().id !== experiment || isReadOnly(state())) return;
    const now = kept.definition as unknown as Definition;
    edit(`Save ${own.name} to the palette`, (file) => takeVersion(file, id, shelfKey(kept), now));
    hint(`“${kept.name}” is in the palette, as version ${kept.version}.`);
  } catch (error) {
    showProblem(`“${own.name}” was not saved to the palette`, error);
  }
}

const keepCommand: Command = {
  id: "keep-own-module",
  label: () => (selectedOwn()?.own.slug ? "Save as the next version…" : "Save to the palette"),
  group: "Edit",
  Icon: IconBookmarkPlus,
  enabled: () => {
    const found = selectedOwn();
    return writable() && found !== undefined && found.own.version === undefined;
  },
  needs: toEdit("Select one node that was made of others, and is not in the palette as it is"),
  run: () => {
    const found = selectedOwn();
    if (found) void keepInPalette(found.node.id);
  },
};

/** The version of the palette that a node could take instead of its own. */
export function newerVersion(own: Definition | undefined): OwnModule | undefined {
  if (!own?.slug) return undefined;
  const latest = currentShelf().modules.find(({ slug }) => slug === own.slug);
  return latest && latest.version !== own.version ? latest : undefined;
}

const updateCommand: Command = {
  id: "update-own-module",
  label: () => {
    const latest = newerVersion(selectedOwn()?.own);
    return latest ? `Take version ${latest.version} of the palette…` : "Take the version of the palette…";
  },
  group: "Edit",
  Icon: IconRefresh,
  enabled: () => writable() && newerVersion(selectedOwn()?.own) !== undefined,
  needs: toEdit("The palette has no other version of this node"),
  run: () => {
    const found = selectedOwn();
    if (found) openOverlay({ kind: "own-update", node: found.node.id });
  },
};

/** Whether the palette has the module of the selected node. */
const kept = (): OwnModule | undefined => {
  const slug = selectedOwn()?.own.slug;
  return slug ? currentShelf().modules.find((one) => one.slug === slug) : undefined;
};

const deleteCommand: Command = {
  id: "delete-own-module",
  label: "Delete it from the palette…",
  group: "Edit",
  Icon: IconTrash,
  danger: true,
  enabled: () => kept() !== undefined,
  needs: "Select one node of an own module that is in the palette",
  run: () => {
    const found = kept();
    if (!found) return;
    confirmLoss({
      title: `Delete “${found.name}” from the palette?`,
      children: `All of its ${found.version} versions go. Experiments that use it carry it themselves, and go on as they are.`,
      verb: "Delete",
      onConfirm: async () => {
        try {
          await deleteOwnModule(found.slug);
          await queries.invalidateQueries({ queryKey: ownModulesQuery().queryKey });
        } catch (error) {
          showProblem(`“${found.name}” was not deleted`, error);
        }
      },
    });
  },
};

const packageCommand: Command = {
  id: "package-own-module",
  label: "Save it as a file, to pass on",
  group: "Edit",
  Icon: IconPackageExport,
  enabled: () => kept() !== undefined,
  needs: "Select one node of an own module that is in the palette",
  run: () => {
    const found = kept();
    if (found) followDownload(packageAddress(found.slug));
  },
};

async function install(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  try {
    openOverlay({ kind: "install-modules", found: await readModules(await readPackage(files)) });
  } catch (error) {
    showProblem("The modules were not read", error);
  }
}

const installCommand: Command = {
  id: "install-modules",
  label: "Install modules from a file…",
  group: "Experiment",
  Icon: IconPackageImport,
  run: () => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.accept = ".zip,.json,.xml,.r,.R,.py";
    input.onchange = () => void install([...(input.files ?? [])]);
    input.click();
  },
};

const trustCommand: Command = {
  id: "trust-own-modules",
  label: "Trust own modules of this file…",
  group: "Edit",
  Icon: IconShieldCheck,
  enabled: () => writable() && waitingIn(state().root).length > 0,
  needs: "No own module of this experiment waits for trust",
  run: () => openOverlay({ kind: "trust-modules" }),
};

/** Those of a context menu: of a node that was made of others, or of nodes that may become one. */
export const ownMenu: readonly Command[] = [
  openInsideCommand,
  updateCommand,
  keepCommand,
  changeCommand,
  layOpenCommand,
  packageCommand,
  deleteCommand,
];

export const ownModules: Command[] = [
  trustCommand,
  makeOneCommand,
  saveAsModuleCommand,
  ...ownMenu,
  leaveCommand,
  installCommand,
];
