/** A name of a script's own, renamed; a param that it declares keeps its value under the new name. */

import { notifications } from "@mantine/notifications";
import { renameInScript, type ScriptPlace } from "../../../api/scriptHelp";
import type { Dataset } from "../../../api/types";
import { renameParam, setParam } from "../../../graph/edits";
import { findNode } from "../../../graph/read";
import { applyFix } from "../../../graph/scriptFix";
import { showProblem } from "../../../ui/showProblem";
import { saveNow } from "../../store/autosave";
import { currentCatalog } from "../../store/catalog";
import { edit } from "../../store/edit";
import { useEditor } from "../../store/store";
import { bundleSource } from "./script/bundleSource";
import { keepFiles, typedIn } from "./script/keepFiles";

/** The zip with these files, as a new version. */
async function keepInZip(node: string, files: readonly { name: string; text: string }[]): Promise<Dataset> {
  const dataset = bundleSource(currentCatalog(), useEditor.getState().draft, node)?.dataset;
  if (!dataset) {
    const names = files.map((file) => file.name).join(", ");
    throw new Error(
      `The name stands in ${names} too, and a node made this zip. Rename it where the zip is made.`,
    );
  }
  if (Object.keys(typedIn(dataset.artifact ?? "")).length > 0) {
    throw new Error("Files of the zip are changed and not kept. Save or discard them first.");
  }
  return keepFiles(dataset, Object.fromEntries(files.map((file) => [file.name, file.text])));
}

/** One step of undo. A name that cannot be renamed is told with the reason. */
export async function rename(node: string, param: string, place: ScriptPlace, name: string): Promise<void> {
  try {
    await saveNow(); // a node that is new is known to the server then
    const { id, declared } = useEditor.getState();
    const { old, edits, files } = await renameInScript(id ?? "", node, place, name);
    const kept = files.length > 0 ? await keepInZip(node, files) : null;
    const isParam = declared[node]?.some((one) => one.name === old) === true;
    edit(`Rename ${old} to ${name}`, (draft) => {
      if (findNode(draft, node)?.params[param] !== place.script) return draft;
      const changed = setParam(draft, node, param, applyFix(place.script, { title: "", edits }));
      return isParam ? renameParam(changed, node, old, name) : changed;
    });
    if (kept) {
      const names = files.map((file) => file.name).join(", ");
      notifications.show({
        title: `Renamed in the script and in ${names}`,
        message: `${kept.name} is version ${kept.version} now. Undo takes back the script only.`,
      });
    }
  } catch (problem) {
    showProblem("It was not renamed", problem);
  }
}
