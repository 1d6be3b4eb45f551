/** Breakpoints in the gutter, the line on which a script is stopped, and values where the pointer rests. */

import { RangeSetBuilder, type EditorState, type Extension } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  gutter,
  GutterMarker,
  hoverTooltip,
  keymap,
  type DecorationSet,
} from "@codemirror/view";

export interface GutterBreakpoint {
  line: number;
  condition?: string;
  /** Whether the script can stop there; undefined while nobody has looked. */
  verified?: boolean;
  /** Why it cannot. */
  message?: string;
}

export interface Debugging {
  breakpoints: readonly GutterBreakpoint[];
  /** The line on which the script is stopped. */
  stopped: number | null;
  onToggle: (line: number) => void;
  /** The line of the cursor, for "run to cursor". */
  onCursor: (line: number) => void;
  /** The value of a name while the script is stopped; null otherwise. */
  valueOf: ((expression: string) => Promise<string | null>) | null;
}

class Dot extends GutterMarker {
  constructor(private readonly one: GutterBreakpoint) {
    super();
  }
  override eq(other: Dot): boolean {
    return JSON.stringify(this.one) === JSON.stringify(other.one);
  }
  override toDOM(): HTMLElement {
    const { condition, verified, message } = this.one;
    const dot = document.createElement("span");
    dot.className = `cm-breakpoint${verified === false ? " cm-breakpoint-unverified" : ""}${condition ? " cm-breakpoint-condition" : ""}`;
    dot.textContent = condition ? "◆" : verified === false ? "○" : "●";
    dot.title = [message, condition && `Stops if ${condition}`].filter(Boolean).join(" ") || "Stops here";
    return dot;
  }
}

class Ghost extends GutterMarker {
  override toDOM(): HTMLElement {
    const dot = document.createElement("span");
    dot.className = "cm-breakpoint-ghost";
    dot.textContent = "●";
    return dot;
  }
}

const here = Decoration.line({ class: "cm-stoppedLine" });

export function debugging({ breakpoints, stopped, onToggle, onCursor, valueOf }: Debugging): Extension {
  const byLine = new Map(breakpoints.map((one) => [one.line, new Dot(one)]));
  const lineAt = (state: EditorState, at: number): number => state.doc.lineAt(at).number;
  return [
    gutter({
      class: "cm-breakpoints",
      lineMarker: (view, block) => byLine.get(lineAt(view.state, block.from)) ?? null,
      initialSpacer: () => new Ghost(),
      domEventHandlers: {
        mousedown(view, block) {
          onToggle(lineAt(view.state, block.from));
          return true;
        },
      },
    }),
    keymap.of([
      {
        key: "Ctrl-F8",
        run: (view) => {
          onToggle(lineAt(view.state, view.state.selection.main.head));
          return true;
        },
      },
    ]),
    EditorView.updateListener.of(({ selectionSet, state }) => {
      if (selectionSet) onCursor(lineAt(state, state.selection.main.head));
    }),
    EditorView.decorations.of((view): DecorationSet => {
      const builder = new RangeSetBuilder<Decoration>();
      if (stopped !== null && stopped >= 1 && stopped <= view.state.doc.lines) {
        const { from } = view.state.doc.line(stopped);
        builder.add(from, from, here);
      }
      return builder.finish();
    }),
    valueOf ? hoverValues(valueOf) : [],
  ];
}

function hoverValues(valueOf: NonNullable<Debugging["valueOf"]>): Extension {
  return hoverTooltip(async (view, at) => {
    const line = view.state.doc.lineAt(at);
    const name = nameAt(line.text, at - line.from);
    const value = name && (await valueOf(name.text).catch(() => null));
    if (!name || value === null) return null;
    const dom = document.createElement("div");
    dom.className = "cm-docs";
    dom.textContent = `${name.text} = ${value}`;
    return { pos: line.from + name.from, end: line.from + name.to, above: true, create: () => ({ dom }) };
  });
}

/** The name at a place of a line, with what it is an attribute of: `frame.shape` at `shape`, `frame` at `frame`. */
function nameAt(text: string, at: number): { text: string; from: number; to: number } | null {
  for (const found of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu)) {
    const from = found.index;
    if (at < from || at > from + found[0].length) continue;
    const rest = found[0].slice(at - from);
    const end = at - from + (/^[\p{L}\p{N}_]*/u.exec(rest)?.[0].length ?? 0);
    return { text: found[0].slice(0, end), from, to: from + end };
  }
  return null;
}
