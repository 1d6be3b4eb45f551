/** Going to where a name is defined: F12, or a click with Ctrl (Cmd). */

import type { Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Place } from "./help";

export interface Definition {
  /** In the script bundle; null in the script itself. */
  file: string | null;
  line: number;
  column: number;
}

type Ask = (place: Place) => Promise<Definition | null>;

/** `leave`: it is in another file. */
export function goToDefinition(ask: Ask, leave: (to: Definition) => void): Extension {
  const go = (view: EditorView, at: number): void => {
    const line = view.state.doc.lineAt(at);
    const place = { script: view.state.doc.toString(), line: line.number, column: at - line.from };
    void ask(place).then(
      (found) => {
        if (!found) return;
        if (found.file !== null) return leave(found);
        const { doc } = view.state;
        const target = doc.line(Math.min(Math.max(1, found.line), doc.lines));
        const anchor = Math.min(target.from + found.column, target.to);
        view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
        view.focus();
      },
      () => undefined,
    );
  };
  return [
    keymap.of([
      {
        key: "F12",
        run: (view) => {
          go(view, view.state.selection.main.head);
          return true;
        },
      },
    ]),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!event.ctrlKey && !event.metaKey) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at === null) return false;
        event.preventDefault();
        go(view, at);
        return true;
      },
    }),
  ];
}
