import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import {
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { highlight, languageOf, look } from "./look";

/** Writing a script of a language: line numbers, highlighting, search (Ctrl+F). Tab indents; Escape, then Tab, leaves. */
export const script = (language: string): Extension => [
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
  keymap.of([
    ...closeBracketsKeymap,
    ...searchKeymap,
    ...historyKeymap,
    // Mod-Enter runs the experiment.
    ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
    indentWithTab,
  ]),
];
