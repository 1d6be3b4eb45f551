import { Button } from "@mantine/core";
import { IconPlayerSkipForward } from "@tabler/icons-react";
import { findNode, findPort, nodeName } from "../../../../graph/read";
import { useCatalog } from "../../../store/catalog";
import { runUntil } from "../../../commands/running";
import { useReadOnly, useShownGraph } from "../../../store/store";
import type { InputSchema } from "../../useInputSchema";
import classes from "./ColumnsField.module.css";

interface Props {
  schema: InputSchema;
  node: string;
  /** The input port's name. */
  input: string;
}

/** Where the columns are known from, or what to do so that they are. */
export function SchemaNote({ schema, node, input }: Props) {
  const catalog = useCatalog();
  const graph = useShownGraph();
  const readOnly = useReadOnly();
  const { columns, origin, stale, source, waiting } = schema;
  if (waiting) return <p className={classes.help}>Looking up the columns…</p>;
  if (columns.length > 0) {
    const parts = [origin && `${origin}.`, stale && `They may have changed: ${stale}`].filter(Boolean);
    return parts.length > 0 ? <p className={classes.help}>{parts.join(" ")}</p> : null;
  }
  const own = findNode(graph, node);
  if (source === null) {
    const port = findPort(own && catalog.module(own.module)?.inputs, input);
    return (
      <p className={classes.help}>
        Draw a wire to the input {port?.label ?? input}, and its columns are listed here.
      </p>
    );
  }
  const above = findNode(graph, source);
  const name = above ? nodeName(catalog, above) : source;
  return (
    <div className={classes.unknown}>
      <p className={classes.help}>
        {readOnly
          ? `The columns are not known: ${name} left nothing in this run.`
          : `The columns are listed here once ${name} has run.`}
      </p>
      {readOnly ? null : (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlayerSkipForward size={13} />}
          onClick={() => void runUntil([source])}
        >
          Run to {name}
        </Button>
      )}
    </div>
  );
}
