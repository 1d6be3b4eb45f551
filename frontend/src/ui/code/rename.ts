/** Renaming the name at the cursor: F2 asks for the new one. */

import type { Extension } from "@codemirror/state";
import { keymap, showDialog, type EditorView } from "@codemirror/view";
import type { Place } from "./help";

/** `rename` changes the script; what it cannot do, it tells itself. */
export function renaming(rename: (place: Place, name: string) => Promise<void>): Extension {
  const ask = (view: EditorView): boolean => {
    const { main } = view.state.selection;
    const word = view.state.wordAt(main.head);
    if (!word) return false;
    const line = view.state.doc.lineAt(word.from);
    const place = { script: view.state.doc.toString(), line: line.number, column: word.from - line.from };
    const before = view.state.sliceDoc(word.from, word.to);
    const { result } = showDialog(view, {
      label: `Rename ${before} to `,
      input: { name: "name", value: before, autocomplete: "off", spellcheck: "false" },
      submitLabel: "Rename",
      focus: true,
      top: true,
    });
    void result.then((form) => {
      view.focus();
      const name = form && new FormData(form).get("name");
      // What was typed meanwhile has other places.
      if (typeof name !== "string" || name === before || view.state.doc.toString() !== place.script) return;
      void rename(place, name.trim());
    });
    return true;
  };
  return keymap.of([{ key: "F2", run: ask }]);
}
