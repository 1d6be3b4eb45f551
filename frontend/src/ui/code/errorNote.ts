/** The line at which a script failed, marked, with what went wrong right below it. It moves along with the text. */

import { StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";

export interface ErrorNote {
  /** Counted from 1. */
  line: number;
  message: string;
  /** The variables of that call, each on a chip: `df DataFrame 1,204 × 7`. */
  values: readonly { name: string; text: string }[];
}

const wrongLine = Decoration.line({ class: "cm-wrongLine" });

class Note extends WidgetType {
  constructor(private readonly note: ErrorNote) {
    super();
  }

  override eq(other: Note): boolean {
    return other.note === this.note;
  }

  override toDOM(): HTMLElement {
    const box = document.createElement("div");
    box.className = "cm-errorNote";
    box.append(part("p", "cm-errorMessage", this.note.message));
    if (this.note.values.length > 0) {
      const list = part("ul", "cm-errorValues", "");
      list.setAttribute("aria-label", "Variables at this line");
      for (const { name, text } of this.note.values) {
        const item = document.createElement("li");
        item.append(part("strong", "", name), ` ${text}`);
        item.title = `${name} ${text}`;
        list.append(item);
      }
      box.append(list);
    }
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function part(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function decorationsOf(note: ErrorNote, { doc }: EditorState): DecorationSet {
  if (note.line < 1 || note.line > doc.lines) return Decoration.none;
  const { from, to } = doc.line(note.line);
  const found: Range<Decoration>[] = [wrongLine.range(from)];
  if (note.message) found.push(Decoration.widget({ widget: new Note(note), block: true, side: 1 }).range(to));
  return Decoration.set(found);
}

/** Another note takes another extension; the same one keeps its place in the text that was typed since. */
export function errorNote(note: ErrorNote | null): Extension {
  if (note === null) return [];
  return StateField.define<DecorationSet>({
    create: (state) => decorationsOf(note, state),
    update: (found, { changes }) => found.map(changes),
    provide: (field) => EditorView.decorations.from(field),
  });
}
