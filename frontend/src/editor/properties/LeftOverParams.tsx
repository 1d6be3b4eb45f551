import { Button } from "@mantine/core";
import { resetParam } from "../../graph/edits";
import type { GraphNode, ModuleSpec } from "../../graph/types";
import { edit } from "../store/edit";
import { useLeftOver } from "./declaredParams";
import classes from "./PropertiesPanel.module.css";

/** Params that the node has a value for, though its script no longer declares them: they keep it from running. */
export function LeftOverParams({ node, module }: { node: GraphNode; module: ModuleSpec }) {
  const names = useLeftOver(node, module);
  return names.map((name) => (
    <div key={name} className={classes.leftOver} data-param={name}>
      <p>
        The script does not declare <code>{name}</code>, which has the value{" "}
        <code>{JSON.stringify(node.params[name])}</code> here.
      </p>
      <Button
        size="xs"
        variant="default"
        onClick={() => edit(`Remove ${name}`, (draft) => resetParam(draft, node.id, name))}
      >
        Remove {name}
      </Button>
    </div>
  ));
}
