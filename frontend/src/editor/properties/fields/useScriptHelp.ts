/** What the editor of a node's script is helped with: the columns of its tables, the server, and what is wrong. */

import type { Extension } from "@codemirror/state";
import { useEffect, useMemo, useRef, useState } from "react";
import { completeScript, scriptDocs, type HelperState } from "../../../api/scriptHelp";
import { setParam } from "../../../graph/edits";
import { findNode } from "../../../graph/read";
import { rename } from "./renameInScript";
import { applyFix, offsetAt } from "../../../graph/scriptFix";
import type { ParamSpec, Warning } from "../../../graph/types";
import type { ConnectedTable } from "../../../ui/code/frames";
import type { Definition } from "../../../ui/code/definition";
import type { Mark, marks, scriptHelp } from "../../../ui/code/help";
import { plainText } from "../../../ui/plainText";
import { useCatalog } from "../../store/catalog";
import { edit } from "../../store/edit";
import { useEditor } from "../../store/store";
import { useInputSchema } from "../useInputSchema";

interface Help {
  marks: typeof marks;
  scriptHelp: typeof scriptHelp;
}

export interface Helped {
  extensions: Extension;
  helper: HelperState | null;
}

const NOTHING: Extension = [];

/** `leave`: opens a place in the script bundle. */
export function useScriptHelp(
  node: string,
  param: ParamSpec,
  readOnly: boolean,
  leave: (to: Definition) => void,
): Helped {
  const [load, setLoad] = useState<Help | null>(null);
  const [helper, setHelper] = useState<HelperState | null>(null);
  const tables = useConnectedTables(node);
  const now = useRef(tables);
  const leaving = useRef(leave);
  useEffect(() => {
    now.current = tables;
    leaving.current = leave;
  });
  useEffect(() => {
    if (!readOnly) void import("../../../ui/code/help").then(setLoad, () => undefined);
  }, [readOnly]);
  const language = param.language ?? "";
  const script = param.name;
  const experiment = useEditor((state) => state.id);
  const help = useMemo(() => {
    if (!load || readOnly || !experiment) return NOTHING;
    return load.scriptHelp({
      language,
      tables: () => now.current,
      complete: async (place, signal) => {
        const found = await completeScript(experiment, node, place, signal);
        if (found.helper) setHelper(found.helper);
        return found.items;
      },
      docs: language === "python" ? (place) => scriptDocs(experiment, node, place) : null,
      definition:
        language === "python"
          ? async (place) => (await scriptDocs(experiment, node, place, "definition")).definition ?? null
          : null,
      rename: language === "python" ? (place, name) => rename(node, script, place, name) : null,
      leave: (to) => leaving.current(to),
    });
  }, [load, readOnly, experiment, language, node, script]);
  // Each answer of the server is a new object; between two, marks move along with the text.
  const answer = useEditor((state) => state.declared);
  const marked = useMemo(() => {
    if (!load || readOnly) return NOTHING;
    const here = useEditor.getState().warnings.filter((one) => one.node === node && one.param === param.name);
    return load.marks(({ doc }) => here.flatMap((one) => markOf(one, doc.toString())));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an answer says that the warnings are new
  }, [load, readOnly, node, param.name, answer]);
  return { extensions: useMemo(() => [help, marked], [help, marked]), helper };
}

function markOf(warning: Warning, script: string): Mark[] {
  const { line, column, message, fix, node, param } = warning;
  if (!line) return [];
  const from = offsetAt(script, line, column ?? 0);
  const word = /^(?:"[^"\n]*"|'[^'\n]*'|[\w.]+)/.exec(script.slice(from, from + 200))?.[0] ?? "";
  return [
    {
      from,
      to: Math.min(script.length, from + Math.max(1, word.length)),
      severity: "warning",
      message: plainText(message),
      ...(fix &&
        param && {
          fix: {
            title: plainText(fix.title),
            apply: () =>
              edit(plainText(fix.title), (draft) => {
                const now = findNode(draft, node)?.params[param];
                return now === script ? setParam(draft, node, param, applyFix(script, fix)) : draft;
              }),
          },
        }),
    },
  ];
}

/** The tables that are wired to the node, in the order of its inputs. */
function useConnectedTables(node: string): ConnectedTable[] {
  const catalog = useCatalog();
  const slug = useEditor((state) => findNode(state.draft, node)?.module ?? "");
  const ports = catalog.module(slug)?.inputs.filter(({ type }) => type === "table") ?? [];
  const schemas = [
    useInputSchema(node, ports[0]?.name),
    useInputSchema(node, ports[1]?.name),
    useInputSchema(node, ports[2]?.name),
  ];
  return ports.slice(0, schemas.length).flatMap(({ name }, place) => {
    const schema = schemas[place];
    if (!schema?.source) return [];
    return [{ name, columns: schema.columns.map((one) => ({ name: one.name, detail: one.type })) }];
  });
}
