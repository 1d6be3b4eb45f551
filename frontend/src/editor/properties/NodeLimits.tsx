import { NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { statusQuery } from "../../api/status";
import { setLimit } from "../../graph/edits";
import type { GraphNode } from "../../graph/types";
import { edit } from "../store/edit";
import { useReadOnly } from "../store/store";
import { describeBounds, LIMITS, wishOf, wrongWish } from "./limits";
import classes from "./PropertiesPanel.module.css";

interface Props {
  id: string;
  limits: GraphNode["limits"];
}

/** How much memory and time this node may use; closed until somebody wishes for something. */
export const NodeLimits = memo(function NodeLimits({ id, limits }: Props) {
  const readOnly = useReadOnly();
  const bounds = useQuery(statusQuery()).data?.limits;
  const wishes = limits ?? {};
  return (
    <details className={classes.help} open={Object.keys(wishes).length > 0 || undefined}>
      <summary>Limits</summary>
      <div className={classes.limits}>
        {LIMITS.map((kind) => {
          const wish = wishes[kind.name];
          return (
            <NumberInput
              key={kind.name}
              label={`${kind.label} (${kind.unit})`}
              description={describeBounds(kind, bounds)}
              placeholder="Default"
              size="xs"
              min={0}
              value={wish === undefined ? "" : Number((wish / kind.size).toFixed(2))}
              error={wish === undefined ? null : wrongWish(wish, kind, bounds)}
              readOnly={readOnly}
              onChange={(typed) =>
                edit(`Limit ${kind.label}`, (draft) => setLimit(draft, id, kind.name, wishOf(typed, kind)), {
                  burst: `limit:${id}.${kind.name}`,
                })
              }
            />
          );
        })}
      </div>
    </details>
  );
});
