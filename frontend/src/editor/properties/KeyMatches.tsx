import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { matchesQuery, type JoinKeys } from "../../api/compare";
import { paramValue } from "../../graph/read";

import type { GraphNode, ModuleSpec } from "../../graph/types";
import classes from "./NodeLine.module.css";
import { pickColumns } from "./fields/columns/pick";
import { readSelection } from "./fields/columns/selection";
import { matchesText } from "./matchesText";
import { useInputSchema, type InputSchema } from "./useInputSchema";

const REST_MS = 300;

/** Of each join: the params that choose its keys, how these match, and the params that say more of it. */
const JOINS: Readonly<Record<string, { left: string[]; right: string[]; how: How; more: string[] }>> = {
  "join-data": {
    left: ["join_key_columns_for_l"],
    right: ["join_key_columns_for_r"],
    how: "equal",
    more: ["match_case"],
  },
  "as-of-join": {
    left: ["left_time", "left_equal_columns"],
    right: ["right_time", "right_equal_columns"],
    how: "as_of",
    more: ["match", "within"],
  },
  "fuzzy-join": {
    left: ["left_columns"],
    right: ["right_columns"],
    how: "fuzzy",
    more: ["measure", "at_least", "partners"],
  },
};
type How = NonNullable<JoinKeys["how"]>;
type Join = (typeof JOINS)[string];

/** How many keys of the left table the right one has, before a join is run; nothing of another module. */
export function KeyMatches({ node, module }: { node: GraphNode; module: ModuleSpec }) {
  const join = JOINS[module.slug];
  return join ? <Matches node={node} module={module} join={join} /> : null;
}

function Matches({ node, module, join }: { node: GraphNode; module: ModuleSpec; join: Join }) {
  const left = useInputSchema(node.id, "dataset1");
  const right = useInputSchema(node.id, "dataset2");
  const picked = (params: string[], { columns }: InputSchema) =>
    params.map((param) => [...pickColumns(readSelection(paramValue(node, module, param)), columns).names]);
  const chosen = { left: picked(join.left, left), right: picked(join.right, right) };
  const keys = {
    ...Object.fromEntries(join.more.map((param) => [param, paramValue(node, module, param)])),
    left: chosen.left.flat(),
    right: chosen.right.flat(),
    how: join.how,
  };
  const [asked] = useDebouncedValue(JSON.stringify(keys), REST_MS);
  const ready = Boolean(left.artifact && right.artifact) && !left.stale && !right.stale;
  const paired =
    Boolean(chosen.left[0]?.length && chosen.right[0]?.length) &&
    (join.how === "fuzzy" || chosen.left.every((names, at) => names.length === chosen.right[at]?.length));
  const { data, error, isFetching } = useQuery({
    ...matchesQuery(left.artifact ?? "", right.artifact ?? "", JSON.parse(asked) as JoinKeys),
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
