import { Annotation, Compartment, EditorState, Transaction, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useVimExtension } from "./vim";
import classes from "./CodeEditor.module.css";

interface Props {
  value: string;
  /** The accessible name. */
  label: string;
  onChange: (value: string) => void;
  readOnly?: boolean;
  /** What writing is like in it, as `script(language)`; told once, when the editor is made. */
  base: Extension;
  /** What changes while it is open, as a marked line or breakpoints: another object replaces the one before. */
  extensions?: Extension;
  /** Brings a line into view and puts the cursor there; another object does it again. */
  goTo?: { line: number } | null;
  /** Fills its parent instead of growing with the text. */
  fill?: boolean;
  autoFocus?: boolean;
}

const NONE: Extension = [];

const givenOf = (keys: Extension, readOnly: boolean, extensions: Extension): Extension => [
  keys,
  EditorState.readOnly.of(readOnly),
  extensions,
];

/** A text that came from outside: undo, a reset, another tab. It is nobody's typing, and must not be saved as such. */
const told = Annotation.define<boolean>();

/** What differs, so that the cursor stays where it is in all the rest. */
function changeBetween(before: string, after: string): { from: number; to: number; insert: string } {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}

/** A text to edit, by CodeMirror. What it can do comes with its extensions. */
export function CodeEditor(props: Props) {
  const { value, label, readOnly = false, base, extensions = NONE, goTo = null, fill, autoFocus } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const given = useRef(new Compartment());
  const keys = useVimExtension();
  const onChange = useRef(props.onChange);
  useEffect(() => void (onChange.current = props.onChange));

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          base,
          EditorView.contentAttributes.of({ "aria-label": label, "data-autofocus": "true", tabindex: "0" }),
          given.current.of(givenOf(keys, readOnly, extensions)),
          EditorView.updateListener.of((update) => {
            const typed = update.docChanged && !update.transactions.some((one) => one.annotation(told));
            if (typed) onChange.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    if (autoFocus) made.focus();
    return () => made.destroy();
    // Another label gets another editor; all else is told to the one that is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [label]);

  useEffect(() => {
    const now = view.current;
    if (!now || now.state.doc.toString() === value) return;
    now.dispatch({
      changes: changeBetween(now.state.doc.toString(), value),
      annotations: [told.of(true), Transaction.addToHistory.of(false)],
    });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: given.current.reconfigure(givenOf(keys, readOnly, extensions)) });
  }, [keys, readOnly, extensions]);

  useEffect(() => {
    const now = view.current;
    if (!now || !goTo) return;
    const line = now.state.doc.line(Math.min(Math.max(1, goTo.line), now.state.doc.lines));
    now.dispatch({
      selection: { anchor: line.from },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    now.focus();
  }, [goTo]);

  return <div ref={host} className={classes.editor} data-fill={fill} />;
}
