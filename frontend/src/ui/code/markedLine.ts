/** The line that is wrong, marked. */

import { RangeSetBuilder, type Extension } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

const mark = Decoration.line({ class: "cm-wrongLine" });

/** A decoration of one line, counted from 1; none where there is no such line. */
export function markedLine(line: number | null): Extension {
  if (line === null) return [];
  return EditorView.decorations.of((view): DecorationSet => {
    const builder = new RangeSetBuilder<Decoration>();
    const { doc } = view.state;
    if (line >= 1 && line <= doc.lines) {
      const { from } = doc.line(line);
      builder.add(from, from, mark);
    }
    return builder.finish();
  });
}
