import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { applyRepair } from "../../graph/repair";
import type { Warning } from "../../graph/types";
import { CodeText } from "../../ui/CodeText";
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
      {here.map((warning, index) => (
        <div key={index} className={classes.warning}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          <p>
            <CodeText>{warning.message}</CodeText>
          </p>
          <RepairButton warning={warning} />
        </div>
      ))}
    </section>
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
