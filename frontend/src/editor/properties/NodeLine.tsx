import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lineQuery, type LineAsked } from "../../api/modules";
import { wiresByInput } from "../../graph/read";
import type { GraphNode, ModuleSpec } from "../../graph/types";
import { CopyButton } from "../../ui/CopyButton";
import { useShownGraph } from "../store/store";
import classes from "./NodeLine.module.css";
import { useInputSchema, type InputSchema } from "./useInputSchema";

const REST_MS = 300;
const TITLES = { sql: "In SQL", pandas: "In pandas", "": "In one line" };
const PLACES = {
  sql: "As in Apply SQL Transformation with DuckDB: the inputs are t1, t2 …",
  pandas: "As in Execute Python Script: the inputs are dataframe1, dataframe2 …",
  "": "",
};

/** The one line of SQL or pandas that the node is, to read and to copy. */
export function NodeLine({ node, module }: { node: GraphNode; module: ModuleSpec }) {
  const wires = wiresByInput(useShownGraph());
  const wired = module.inputs.map(({ name }) => name).filter((name) => wires.has(`${node.id}.${name}`));
  const first = useInputSchema(node.id, wired[0]);
  const second = useInputSchema(node.id, wired[1]);
  const schemas = [first, second];
  const inputs = Object.fromEntries(wired.map((port, place) => [port, known(schemas[place])]));
  const [params] = useDebouncedValue(node.params, REST_MS);
  const { data, error } = useQuery({
    ...lineQuery(module.slug, { params, inputs }),
    placeholderData: keepPreviousData,
  });
  if (!data) return error ? <p className={classes.why}>{error.message}</p> : null;
  return (
    <figure className={classes.line} aria-label="The same in one line">
      <div className={classes.head}>
        <span>{TITLES[data.language]}</span>
        {data.text ? <CopyButton text={data.text} label="Copy this line" /> : null}
      </div>
      {data.text ? <code className={classes.code}>{data.text}</code> : null}
      <figcaption className={classes.why}>{data.why || PLACES[data.language]}</figcaption>
    </figure>
  );
}

function known(schema: InputSchema | undefined): LineAsked["inputs"][string] {
  return schema?.columns.length ? schema.columns.map(({ name, type }) => ({ name, type })) : null;
}
