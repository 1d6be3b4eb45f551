/** Which level of the experiment is on the screen: the whole, or what is inside of a node of an own module. */

import { levelOf, pathTo, reachable, TOP, type Path } from "../../graph/own/level";
import type { ExperimentFile, Marked } from "../../graph/types";
import { NO_SELECTION } from "./state";
import { useEditor } from "./store";

/** A file with that level of it, or as near to it as the file still leads. */
export function atLevel(
  root: ExperimentFile,
  path: Path,
): { root: ExperimentFile; inside: Path; draft: ExperimentFile } {
  const inside = path.length === 0 ? TOP : reachable(root, path);
  return { root, inside, draft: levelOf(root, inside) ?? root };
}

const state = useEditor.getState;
const whole = (): Marked => state().viewedRun?.root ?? state().root;

/** Opens a level; of a prior run too. The selection is what is there already. */
export function openLevel(path: Path): void {
  useEditor.setState((now) => {
    if (!now.viewedRun) return { ...atLevel(now.root, path), selection: NO_SELECTION };
    const inside = reachable(now.viewedRun.root, path);
    const graph = levelOf(now.viewedRun.root, inside) ?? now.viewedRun.root;
    return { inside, viewedRun: { ...now.viewedRun, graph }, selection: NO_SELECTION };
  });
}

/** Opens the level that a node lies in; false where there is no such node. */
export function openLevelOf(node: string): boolean {
  const path = pathTo(whole(), node);
  if (!path) return false;
  if (path.join("\n") !== state().inside.join("\n")) openLevel(path);
  return true;
}
