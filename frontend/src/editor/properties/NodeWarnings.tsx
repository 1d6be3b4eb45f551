import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { setParam } from "../../graph/edits";
import { applyRepair } from "../../graph/repair";
import { findNode } from "../../graph/read";
import { applyFix } from "../../graph/scriptFix";
import type { Warning } from "../../graph/types";
import { goToLine } from "../window/goToLine";
import { CodeText } from "../../ui/CodeText";
import { plainText } from "../../ui/plainText";
import { useCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { useEditor, useReadOnly } from "../store/store";
import classes from "./PropertiesPanel.module.css";

/** What will probably go wrong at a node, each with the button that mends it. */
export function NodeWarnings({ id }: { id: string }) {
  const readOnly = useReadOnly();
  const warnings = useEditor((state) => state.warnings);
  const here = readOnly ? [] : warnings.filter((warning) => warning.node === id);
  if (here.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Warnings">
      {here.slice(0, MOST).map((warning, index) => (
        <div key={index} className={classes.warning}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          <p>
            <CodeText>{warning.message}</CodeText>
            {warning.line ? <LineLink warning={warning} line={warning.line} /> : null}
          </p>
          <RepairButton warning={warning} />
          <FixButton warning={warning} />
          <ClassicButton warning={warning} />
        </div>
      ))}
      {here.length > MOST ? <p className={classes.text}>And {here.length - MOST} more.</p> : null}
    </section>
  );
}

const MOST = 12;

function LineLink({ warning, line }: { warning: Warning; line: number }) {
  return (
    <>
      {" "}
      <button type="button" className={classes.lineLink} onClick={() => goToLine(warning.node, line)}>
        line {line}
      </button>
    </>
  );
}

/** Rewrites the script at that place. */
function FixButton({ warning: { fix, node, param } }: { warning: Warning }) {
  if (!fix || !param) return null;
  const apply = () =>
    edit(plainText(fix.title), (draft) => {
      const script = findNode(draft, node)?.params[param];
      return typeof script === "string" ? setParam(draft, node, param, applyFix(script, fix)) : draft;
    });
  return (
    <Button size="xs" variant="default" onClick={apply}>
      {plainText(fix.title).replace(/\.$/, "")}
    </Button>
  );
}

/** Lets a script have the names of old libraries. */
function ClassicButton({ warning: { code, node } }: { warning: Warning }) {
  const catalog = useCatalog();
  const module = useEditor((state) => findNode(state.draft, node)?.module);
  const api = module ? catalog.module(module)?.params.find(({ name }) => name === "api") : undefined;
  if (code !== "gone-name" || !api || api.not_yet) return null;
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() => edit("Use classic names", (draft) => setParam(draft, node, "api", "classic"))}
    >
      Use the names of ML Studio (classic)
    </Button>
  );
}

function RepairButton({ warning: { repair } }: { warning: Warning }) {
  if (!repair) return null;
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() => edit(repair.label, (draft) => applyRepair(draft, repair, useEditor.getState().usedIds))}
    >
      {repair.label}
    </Button>
  );
}
