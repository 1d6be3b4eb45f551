import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { matchesQuery } from "../../api/compare";
import { paramValue } from "../../graph/read";

import type { GraphNode, ModuleSpec } from "../../graph/types";
import classes from "./NodeLine.module.css";
import { pickColumns } from "./fields/columns/pick";
import { readSelection } from "./fields/columns/selection";
import { matchesText } from "./matchesText";
import { useInputSchema, type InputSchema } from "./useInputSchema";

const REST_MS = 300;

/** Of a join: how many keys of the left table the right one has, before it is run. */
export function KeyMatches({ node, module }: { node: GraphNode; module: ModuleSpec }) {
  const left = useInputSchema(node.id, "dataset1");
  const right = useInputSchema(node.id, "dataset2");
  const picked = (param: string, { columns }: InputSchema) => [
    ...pickColumns(readSelection(paramValue(node, module, param)), columns).names,
  ];
  const keys = {
    left: picked("join_key_columns_for_l", left),
    right: picked("join_key_columns_for_r", right),
    match_case: paramValue(node, module, "match_case") !== false,
  };
  const [asked] = useDebouncedValue(JSON.stringify(keys), REST_MS);
  const ready = Boolean(left.artifact && right.artifact) && !left.stale && !right.stale;
  const paired = keys.left.length > 0 && keys.left.length === keys.right.length;
  const { data, error, isFetching } = useQuery({
    ...matchesQuery(left.artifact ?? "", right.artifact ?? "", JSON.parse(asked) as typeof keys),
    enabled: ready && paired,
    placeholderData: keepPreviousData,
  });
  return (
    <figure className={classes.line} aria-label="Matching keys" aria-busy={isFetching}>
      <div className={classes.head}>Matching keys</div>
      <figcaption className={classes.why} role="status">
        {!paired
          ? "Choose the keys of both tables to see how many match."
          : !ready
            ? "Run what is above this node to see how many keys match."
            : error
              ? error.message
              : data
                ? matchesText(data)
                : "Looking…"}
      </figcaption>
    </figure>
  );
}
