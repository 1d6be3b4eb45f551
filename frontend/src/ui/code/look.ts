/** How code looks, by the theme's colors; and the language of a script. */

import { python } from "@codemirror/lang-python";
import { sql, SQLite } from "@codemirror/lang-sql";
import { HighlightStyle, StreamLanguage } from "@codemirror/language";
import { r } from "@codemirror/legacy-modes/mode/r";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export function languageOf(name: string): Extension {
  switch (name) {
    case "python":
      return python();
    case "sql":
      return sql({ dialect: SQLite, upperCaseKeywords: false });
    case "r":
      return StreamLanguage.define(r);
    default:
      return [];
  }
}

const color = (name: string) => `var(--code-${name})`;

export const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: color("keyword") },
  { tag: [tags.string, tags.special(tags.string)], color: color("string") },
  { tag: [tags.number, tags.bool, tags.null], color: color("number") },
  { tag: tags.comment, color: color("comment"), fontStyle: "italic" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))],
    color: color("name"),
  },
  { tag: [tags.className, tags.typeName, tags.definition(tags.className)], color: color("name") },
  { tag: tags.invalid, color: "var(--studio-danger)" },
]);

export const look = EditorView.theme({
  "&": {
    height: "100%",
    fontSize: "13px",
    backgroundColor: "var(--studio-surface)",
    color: "var(--studio-text)",
  },
  ".cm-scroller": { fontFamily: "var(--studio-mono)", lineHeight: "20px" },
  ".cm-gutters": {
    backgroundColor: "var(--studio-well)",
    color: "var(--studio-text-muted)",
    borderRight: "1px solid var(--studio-line)",
  },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--studio-accent) 6%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--studio-hover)", color: "var(--studio-text)" },
  ".cm-wrongLine": {
    backgroundColor: "var(--studio-danger-soft)",
    boxShadow: "inset 3px 0 var(--studio-danger)",
  },
  ".cm-errorNote": {
    padding: "4px 12px 6px",
    backgroundColor: "var(--studio-danger-soft)",
    boxShadow: "inset 3px 0 var(--studio-danger)",
    position: "sticky",
    left: "0",
    // As wide as what is seen of the script, and not as the message is long.
    contain: "inline-size",
    fontFamily: "var(--mantine-font-family)",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  ".cm-errorMessage": { margin: "0", color: "var(--studio-danger)", fontWeight: "600" },
  ".cm-errorValues": {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px",
    margin: "4px 0 0",
    padding: "0",
    listStyle: "none",
    fontSize: "12px",
  },
  ".cm-errorValues li": {
    maxWidth: "320px",
    overflow: "hidden",
    padding: "0 6px",
    border: "1px solid var(--studio-line-strong)",
    borderRadius: "4px",
    backgroundColor: "var(--studio-surface)",
    fontFamily: "var(--studio-mono)",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  ".cm-lineNote": {
    marginInlineStart: "24px",
    padding: "0 6px",
    border: "0",
    borderRadius: "4px",
    background: "var(--studio-well)",
    color: "var(--studio-text-muted)",
    font: "inherit",
    fontSize: "12px",
    whiteSpace: "nowrap",
  },
  "button.cm-lineNote": { cursor: "pointer" },
  "button.cm-lineNote:hover, button.cm-lineNote:focus-visible": {
    background: "var(--studio-hover)",
    color: "var(--studio-text)",
  },
  ".cm-stoppedLine": {
    backgroundColor: "color-mix(in srgb, var(--studio-warning, #c77700) 15%, transparent)",
    boxShadow: "inset 3px 0 var(--studio-warning, #c77700)",
  },
  ".cm-breakpoints": { width: "16px", cursor: "pointer" },
  ".cm-breakpoints .cm-gutterElement": { textAlign: "center" },
  ".cm-breakpoints .cm-gutterElement:hover": { backgroundColor: "var(--studio-hover)" },
  ".cm-breakpoint": { color: "var(--studio-danger)", fontSize: "12px" },
  ".cm-breakpoint-unverified": { color: "var(--studio-text-muted)" },
  ".cm-breakpoint-ghost": { visibility: "hidden" },
  ".cm-cursor": { borderLeftColor: "var(--studio-text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--studio-accent) 28%, transparent) !important",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-panels": {
    backgroundColor: "var(--studio-well)",
    color: "var(--studio-text)",
    borderBottom: "1px solid var(--studio-line)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--studio-surface)",
    color: "var(--studio-text)",
    border: "1px solid var(--studio-line-strong)",
    borderRadius: "4px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--studio-accent)",
    color: "#fff",
  },
  ".cm-docs": {
    maxWidth: "560px",
    maxHeight: "280px",
    overflow: "auto",
    padding: "6px 10px",
    whiteSpace: "pre-wrap",
    fontFamily: "var(--studio-mono)",
    fontSize: "12px",
  },
  ".cm-textfield, .cm-button": {
    backgroundColor: "var(--studio-surface)",
    backgroundImage: "none",
    color: "var(--studio-text)",
    border: "1px solid var(--studio-line-strong)",
    borderRadius: "4px",
  },
});
