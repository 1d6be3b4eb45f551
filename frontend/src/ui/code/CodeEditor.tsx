import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import classes from "./CodeEditor.module.css";
import { highlight, languageOf, look } from "./look";
import { markedLine } from "./markedLine";

interface Props {
  value: string;
  language: string;
  /** The accessible name. */
  label: string;
  onChange: (value: string) => void;
  readOnly?: boolean;
  /** The line that is wrong, from 1. */
  errorLine?: number | null;
  /** Brings a line into view and puts the cursor there; another object does it again. */
  goTo?: { line: number } | null;
  /** Fills its parent instead of growing with the text. */
  fill?: boolean;
  autoFocus?: boolean;
}

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

/** A script: line numbers, highlighting, search (Ctrl+F). Tab indents; Escape, then Tab, leaves. */
export function CodeEditor(props: Props) {
  const { value, language, label, readOnly = false, errorLine = null, goTo = null, fill, autoFocus } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const settings = useRef({ readOnly: new Compartment(), marked: new Compartment() });
  const onChange = useRef(props.onChange);
  useEffect(() => void (onChange.current = props.onChange));

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          highlightActiveLine(),
          drawSelection(),
          history(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightSelectionMatches(),
          search({ top: true }),
          indentUnit.of(language === "r" ? "  " : "    "),
          languageOf(language),
          syntaxHighlighting(highlight),
          look,
          EditorView.contentAttributes.of({ "aria-label": label, "data-autofocus": "true", tabindex: "0" }),
          keymap.of([
            ...closeBracketsKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
            indentWithTab,
          ]),
          settings.current.readOnly.of(EditorState.readOnly.of(readOnly)),
          settings.current.marked.of(markedLine(errorLine)),
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
    // A new node or language gets a new editor; all else is told to the one that is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [language, label]);

  useEffect(() => {
    const now = view.current;
    if (!now || now.state.doc.toString() === value) return;
    now.dispatch({
      changes: changeBetween(now.state.doc.toString(), value),
      annotations: [told.of(true), Transaction.addToHistory.of(false)],
    });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({
      effects: [
        settings.current.readOnly.reconfigure(EditorState.readOnly.of(readOnly)),
        settings.current.marked.reconfigure(markedLine(errorLine)),
      ],
    });
  }, [readOnly, errorLine]);

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
