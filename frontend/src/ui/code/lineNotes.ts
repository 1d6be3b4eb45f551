/** What each line of a script made, at its end. A note goes when its line is changed; the others move along. */

import { StateField, type EditorState, type Extension, type Transaction } from "@codemirror/state";
import { Decoration, EditorView, keymap, WidgetType, type DecorationSet } from "@codemirror/view";

export interface LineNote {
  /** Counted from 1. */
  line: number;
  text: string;
  /** There is a table to be opened. */
  opens: boolean;
}

type Open = (line: number) => void;

class Note extends WidgetType {
  constructor(
    private readonly note: LineNote,
    private readonly open: Open,
  ) {
    super();
  }

  override eq(other: Note): boolean {
    return other.note === this.note;
  }

  override toDOM(): HTMLElement {
    const { text, opens, line } = this.note;
    const made = document.createElement(opens ? "button" : "span");
    made.className = "cm-lineNote";
    made.textContent = text;
    if (made instanceof HTMLButtonElement) {
      made.type = "button";
      made.title = "Show the first rows (Alt+Enter)";
      made.setAttribute("aria-label", `Line ${line}: ${text}. Show the first rows`);
      made.addEventListener("click", () => this.open(line));
    }
    return made;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** `basis`: the script that the notes are about; a line that is another one now has none. */
export function lineNotes(notes: readonly LineNote[], basis: string, open: Open): Extension {
  if (notes.length === 0) return [];
  const were = basis.split(/\r\n?|\n/);
  const field = StateField.define<DecorationSet>({
    create: ({ doc }) =>
      Decoration.set(
        notes
          .filter(({ line }) => line <= doc.lines && doc.line(line).text === were[line - 1])
          .map((note) =>
            Decoration.widget({ widget: new Note(note, open), side: 1, note }).range(doc.line(note.line).to),
          ),
        true,
      ),
    update: (found, transaction) => (transaction.docChanged ? withoutChanged(found, transaction) : found),
    provide: (from) => EditorView.decorations.from(from),
  });
  const openHere = ({ state }: EditorView): boolean => {
    const note = noteAt(state.field(field), state);
    if (note?.opens) open(note.line);
    return note?.opens ?? false;
  };
  return [field, keymap.of([{ key: "Alt-Enter", run: openHere }])];
}

function withoutChanged(found: DecorationSet, { changes, startState }: Transaction): DecorationSet {
  const kept = found.update({
    filter: (from) => {
      const line = startState.doc.lineAt(from);
      return changes.touchesRange(line.from, line.to) === false;
    },
  });
  return kept.map(changes);
}

function noteAt(found: DecorationSet, { doc, selection }: EditorState): LineNote | null {
  const line = doc.lineAt(selection.main.head);
  let note: LineNote | null = null;
  found.between(line.from, line.to, (_from, _to, { spec }) => {
    note = (spec as { note: LineNote }).note;
  });
  return note;
}
