/** Files whose experiment is put into the one that is open. */

import { takeFiles } from "../../library/uploads/takeFiles";
import { cornerOf } from "../../graph/clipboard";
import { droppedText } from "../../graph/whole";
import type { Position } from "../../graph/types";
import { hint } from "../window/hint";
import { carried } from "../picture/carry";
import { insert } from "./clipboard";
import { placeFiles } from "./placeFiles";

/** Puts what the files carry at a place of the canvas; a picture that carries nothing is an ordinary file. */
export async function importInto(files: readonly File[], at?: Position): Promise<void> {
  for (const file of files) {
    const found = await carried(file);
    if (found && found.file.nodes.length > 0) {
      const { name } = found.file;
      insert(found.file, `Import “${name}”:`, at ?? cornerOf(found.file));
      hint(`Imported “${name}” into this experiment.${droppedText(found.dropped)} Ctrl+Z undoes it.`);
    } else if (/\.json$/i.test(file.name)) {
      if (at) placeFiles([file], at);
      else await takeFiles([file]);
    } else {
      hint(`“${file.name}” carries no experiment. Only pictures exported from Studio do.`);
    }
  }
}
