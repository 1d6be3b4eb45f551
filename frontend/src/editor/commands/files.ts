/** Verbs about the experiment as a whole. */

import {
  IconCopy,
  IconDeviceFloppy,
  IconFileExport,
  IconFileImport,
  IconFileCode,
  IconPhoto,
  IconPlus,
  IconRestore,
  IconTrash,
  IconVector,
} from "@tabler/icons-react";
import { createExperiment, deleteExperiment, duplicateExperiment } from "../../api/experiments";
import { FORMAT } from "../../graph/types";
import { queries } from "../../api/queryClient";
import { importExperiments } from "../../library/importExperiments";
import { confirmLoss } from "../../ui/confirm";
import { downloadText, fileName } from "../../ui/download";
import { showProblem } from "../../ui/showProblem";
import { goTo } from "../window/host";
import { openOverlay } from "../window/overlays";
import { saveNow } from "../store/autosave";
import { editFile } from "../store/edit";
import { backToDraft, closeExperiment } from "../store/open";
import { useEditor } from "../store/store";
import { bringBackCommand } from "./bringingBack";
import { importInto } from "./importInto";
import type { Command } from "./command";
import { toEdit } from "./needs";
import { renameExperimentCommand } from "./naming";

const state = useEditor.getState;

async function duplicate(): Promise<void> {
  const { id, draft } = state();
  if (id === null) return;
  try {
    await saveNow();
    const copy = await duplicateExperiment(id);
    void queries.invalidateQueries({ queryKey: ["experiments"] });
    goTo(`/experiments/${copy.id}`);
  } catch (error) {
    showProblem(`“${draft.name}” was not duplicated`, error);
  }
}

async function create(): Promise<void> {
  try {
    const made = await createExperiment({ format: FORMAT, name: "Untitled", nodes: [], wires: [] });
    void queries.invalidateQueries({ queryKey: ["experiments"] });
    goTo(`/experiments/${made.id}`);
  } catch (error) {
    showProblem("The experiment was not created", error);
  }
}

function importFile(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,.py,.ipynb,application/json";
  input.onchange = async () => {
    const [made] = await importExperiments([...(input.files ?? [])]);
    if (made) goTo(`/experiments/${made.id}`);
  };
  input.click();
}

function remove(): void {
  const { id, draft } = state();
  if (id === null) return;
  confirmLoss({
    title: `Delete “${draft.name}”?`,
    children: "Its run history goes with it. Datasets that it uses stay. This cannot be undone.",
    verb: "Delete",
    onConfirm: async () => {
      try {
        await deleteExperiment(id);
        closeExperiment();
        void queries.invalidateQueries({ queryKey: ["experiments"] });
        goTo("/");
      } catch (error) {
        showProblem(`“${draft.name}” was not deleted`, error);
      }
    },
  });
}

/** The graph of the prior run becomes the draft's, whose name and description stay: one step, which undo takes back. */
export const restoreCommand: Command = {
  id: "restore",
  label: "Restore this version",
  group: "Experiment",
  Icon: IconRestore,
  enabled: () => state().viewedRun !== null,
  needs: "Open a run of the history first",
  run: () => {
    const { viewedRun, id } = state();
    if (!viewedRun) return;
    backToDraft();
    editFile(`Restore run ${viewedRun.number}`, ({ notes: _notes, frames: _frames, ...draft }) => ({
      ...draft,
      ...viewedRun.root,
    }));
    goTo(`/experiments/${id}`);
  },
};

export const duplicateExperimentCommand: Command = {
  id: "duplicate-experiment",
  label: "Duplicate experiment",
  group: "Experiment",
  Icon: IconCopy,
  run: duplicate,
};

const exportCommand: Command = {
  id: "export",
  label: "Export as file",
  group: "Experiment",
  Icon: IconFileExport,
  run: () => {
    const { root: draft } = state();
    downloadText(`${fileName(draft.name)}.studio.json`, JSON.stringify(draft, null, 2));
  },
};

const exportScriptCommand: Command = {
  id: "export-script",
  label: "Export as script or notebook…",
  group: "Experiment",
  Icon: IconFileCode,
  run: () => openOverlay({ kind: "export" }),
};

/** Pictures are drawn by code of their own, which is loaded when it is asked for. */
const exportPngCommand: Command = {
  id: "export-png",
  label: "Export as picture (PNG)",
  group: "Experiment",
  Icon: IconPhoto,
  run: () =>
    import("../picture/exportPicture")
      .then(({ exportPng }) => exportPng())
      .catch((error: unknown) => showProblem("The picture was not made", error)),
};

const exportSvgCommand: Command = {
  id: "export-svg",
  label: "Export as picture (SVG)",
  group: "Experiment",
  Icon: IconVector,
  run: () =>
    import("../picture/exportPicture")
      .then(({ exportSvg }) => exportSvg())
      .catch((error: unknown) => showProblem("The picture was not made", error)),
};

/** The ways out of here. */
export const exporting: Command[] = [exportCommand, exportScriptCommand, exportPngCommand, exportSvgCommand];

const importHereCommand: Command = {
  id: "import-here",
  label: "Import into this experiment…",
  group: "Experiment",
  Icon: IconFileImport,
  enabled: () => state().viewedRun === null,
  needs: toEdit("Not now"),
  run: () => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,.png,.svg,application/json,image/png,image/svg+xml";
    input.onchange = () => void importInto([...(input.files ?? [])]);
    input.click();
  },
};

export const importCommand: Command = {
  id: "import",
  label: "Import as an experiment…",
  group: "Experiment",
  Icon: IconFileImport,
  run: importFile,
};

export const deleteExperimentCommand: Command = {
  id: "delete-experiment",
  label: "Delete experiment…",
  group: "Experiment",
  Icon: IconTrash,
  danger: true,
  run: remove,
};

/** Everything is saved by itself; who presses the keys anyway gets what they ask for, and not the browser's dialog. */
const saveCommand: Command = {
  id: "save",
  label: "Save now",
  group: "Experiment",
  Icon: IconDeviceFloppy,
  keys: ["Ctrl+S"],
  everywhere: true,
  run: saveNow,
};

export const files: Command[] = [
  { id: "new-experiment", label: "New experiment", group: "Experiment", Icon: IconPlus, run: create },
  renameExperimentCommand,
  saveCommand,
  duplicateExperimentCommand,
  ...exporting,
  importCommand,
  importHereCommand,
  bringBackCommand,
  restoreCommand,
  deleteExperimentCommand,
];
