/** Help while a script is written: completion, docs, signatures, and what is wrong at its place. Loaded when first needed. */

import {
  autocompletion,
  completeAnyWord,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { hoverTooltip, keymap, showTooltip, ViewPlugin, type Tooltip } from "@codemirror/view";
import { goToDefinition, type Definition } from "./definition";
import { renaming } from "./rename";
import { columnsHere, type ConnectedTable, type TableColumn } from "./frames";

export interface Place {
  script: string;
  line: number;
  column: number;
}

export interface Docs {
  docs?: string | null;
  signature?: { label: string; parameters: string[]; active?: number | null } | null;
}

export interface ScriptHelp {
  language: string;
  tables: () => readonly ConnectedTable[];
  /** Names, attributes and keywords by the server; columns are known here. */
  complete:
    | ((
        place: Place,
        signal: AbortSignal,
      ) => Promise<readonly { label: string; kind: string; detail?: string | null }[]>)
    | null;
  docs: ((place: Place) => Promise<Docs>) | null;
  definition?: ((place: Place) => Promise<Definition | null>) | null;
  rename?: ((place: Place, name: string) => Promise<void>) | null;
  /** Opens the place of a definition that is in the bundle. */
  leave?: (to: Definition) => void;
}

/** Something wrong at a place: `from` and `to` are offsets; `fix` mends it. */
export interface Mark {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
  fix?: { title: string; apply: () => void };
}

const TYPES: Record<string, string> = {
  column: "property",
  table: "class",
  module: "namespace",
  value: "constant",
};

export function scriptHelp(help: ScriptHelp): Extension {
  return [
    autocompletion({ override: [columnsSource(help), serverSource(help)], maxRenderedOptions: 200 }),
    keymap.of(completionKeymap),
    help.docs ? [hoverDocs(help.docs), signatures(help.docs)] : [],
    help.rename ? renaming(help.rename) : [],
    help.definition && help.leave ? goToDefinition(help.definition, help.leave) : [],
  ];
}

const placeOf = (state: EditorState, at: number): Place => {
  const line = state.doc.lineAt(at);
  return { script: state.doc.toString(), line: line.number, column: at - line.from };
};

/** Asks nobody, so that columns are there at once. */
function columnsSource({ language, tables }: ScriptHelp) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const found = columnsHere(
      language,
      context.state.doc.toString(),
      line.text.slice(0, context.pos - line.from),
      tables(),
    );
    if (!found || (found.columns.length === 0 && !found.isText)) return null;
    if (
      !found.isText &&
      !context.explicit &&
      language === "sql" &&
      !/[\w.]$/.test(line.text.slice(0, context.pos - line.from))
    )
      return null;
    const isSql = language === "sql";
    return {
      from: line.from + found.from,
      options: found.columns.map((column) => optionOf(column, isSql)),
      validFor: found.isText ? /^[^"'\]]*$/ : /^\w*$/,
    };
  };
}

const optionOf = ({ name, detail }: TableColumn, isSql: boolean): Completion => ({
  label: name,
  detail,
  type: "property",
  section: "Columns",
  boost: 50,
  ...(isSql && !/^[A-Za-z_]\w*$/.test(name) && { apply: `"${name.replaceAll('"', '""')}"` }),
});

/** A question that is overtaken is dropped; typing waits for none. Without an answer the script's own words are offered. */
function serverSource({ language, tables, complete }: ScriptHelp) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (columnsHere(language, context.state.doc.toString(), before, tables())?.isText) return null;
    const word = /[\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? "";
    if (!context.explicit && word.length < 2 && !before.endsWith(".")) return null;
    if (!complete) return completeAnyWord(context);
    const asked = new AbortController();
    context.addEventListener("abort", () => asked.abort(), { onDocChange: true });
    try {
      const items = await complete(placeOf(context.state, context.pos), asked.signal);
      return {
        from: context.pos - word.length,
        options: items
          .filter(({ kind }) => kind !== "column")
          .map(({ label, kind, detail }) => ({
            label,
            type: TYPES[kind] ?? kind,
            boost: label.startsWith("_") ? -50 : 0,
            ...(detail && { detail: detail.length > 40 ? `${detail.slice(0, 40)}…` : detail, info: detail }),
          })),
        validFor: /^[\p{L}\p{N}_]*$/u,
      };
    } catch {
      return asked.signal.aborted ? null : completeAnyWord(context);
    }
  };
}

function hoverDocs(docs: NonNullable<ScriptHelp["docs"]>): Extension {
  return hoverTooltip(async (view, at) => {
    const word = view.state.wordAt(at);
    if (!word) return null;
    const found = await docs(placeOf(view.state, at)).catch(() => null);
    const text = found?.docs;
    if (!text) return null;
    return { pos: word.from, end: word.to, above: true, create: () => ({ dom: docsBox(text) }) };
  });
}

/** Docs as text: links of the server lead nowhere here, and code keeps its lines. */
function docsBox(text: string): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-docs";
  box.textContent = text
    .replaceAll(/```\w*\n?/g, "")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\n+Go to .*$/s, "")
    .trim();
  return box;
}

const SIGNATURE_MS = 250;
const showSignature = StateEffect.define<Tooltip | null>();

/** While a call is being written: what it takes, the current parameter in bold. */
function signatures(docs: NonNullable<ScriptHelp["docs"]>): Extension {
  const shown = StateField.define<Tooltip | null>({
    create: () => null,
    update: (tooltip, transaction) => {
      for (const effect of transaction.effects) if (effect.is(showSignature)) return effect.value;
      return transaction.docChanged || transaction.selection ? null : tooltip;
    },
    provide: (field) => showTooltip.from(field),
  });
  const asking = ViewPlugin.define((view) => {
    let timer = 0;
    let asked = 0;
    return {
      update: ({ docChanged, state }) => {
        if (!docChanged) return;
        window.clearTimeout(timer);
        const number = (asked += 1);
        const at = state.selection.main.head;
        if (!/\([^()]*$/.test(state.doc.sliceString(Math.max(0, at - 300), at))) return;
        timer = window.setTimeout(() => {
          void docs(placeOf(view.state, at))
            .then(({ signature }) => {
              if (number !== asked || !signature) return;
              const box = signatureBox(signature);
              view.dispatch({
                effects: showSignature.of({ pos: at, above: true, create: () => ({ dom: box }) }),
              });
            })
            .catch(() => undefined);
        }, SIGNATURE_MS);
      },
      destroy: () => window.clearTimeout(timer),
    };
  });
  return [shown, asking];
}

function signatureBox({ label, parameters, active }: NonNullable<Docs["signature"]>): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-docs";
  const now = typeof active === "number" ? parameters[active] : undefined;
  const at = now ? label.indexOf(now) : -1;
  if (!now || at < 0) {
    box.textContent = label;
    return box;
  }
  const bold = document.createElement("strong");
  bold.textContent = now;
  box.append(label.slice(0, at), bold, label.slice(at + now.length));
  return box;
}

/** Shows these marks; CodeMirror moves them along with the text until others come. */
export function marks(found: (state: EditorState) => readonly Mark[]): Extension {
  return [
    lintGutter(),
    keymap.of(lintKeymap),
    ViewPlugin.define((view) => {
      queueMicrotask(() => view.dispatch(setDiagnostics(view.state, found(view.state).map(diagnosticOf))));
      return {};
    }),
  ];
}

const diagnosticOf = ({ from, to, severity, message, fix }: Mark): Diagnostic => ({
  from,
  to,
  severity,
  message,
  ...(fix && { actions: [{ name: fix.title.replace(/\.$/, ""), apply: () => fix.apply() }] }),
});
