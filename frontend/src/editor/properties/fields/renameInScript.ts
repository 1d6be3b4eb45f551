/** A name of a script's own, renamed; a param that it declares keeps its value under the new name. */

import { renameInScript, type ScriptPlace } from "../../../api/scriptHelp";
import { renameParam, setParam } from "../../../graph/edits";
import { findNode } from "../../../graph/read";
import { applyFix } from "../../../graph/scriptFix";
import { showProblem } from "../../../ui/showProblem";
import { saveNow } from "../../store/autosave";
import { edit } from "../../store/edit";
import { useEditor } from "../../store/store";

/** One step of undo. A name that cannot be renamed is told with the reason. */
export async function rename(node: string, param: string, place: ScriptPlace, name: string): Promise<void> {
  try {
    await saveNow(); // a node that is new is known to the server then
    const { id, declared } = useEditor.getState();
    const { old, edits } = await renameInScript(id ?? "", node, place, name);
    const isParam = declared[node]?.some((one) => one.name === old) === true;
    edit(`Rename ${old} to ${name}`, (draft) => {
      if (findNode(draft, node)?.params[param] !== place.script) return draft;
      const changed = setParam(draft, node, param, applyFix(place.script, { title: "", edits }));
      return isParam ? renameParam(changed, node, old, name) : changed;
    });
  } catch (problem) {
    showProblem("It was not renamed", problem);
  }
}
