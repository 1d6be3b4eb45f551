import { Tooltip } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import { networkText } from "../../graph/outside";
import type { GraphNode, ModuleSpec } from "../../graph/types";
import classes from "./ModuleNode.module.css";

/** At a node that asks for the network; on hover, and for a screen reader, which hosts. */
export function NetworkMark({ node, module }: { node: GraphNode; module: ModuleSpec | undefined }) {
  const text = networkText(node, module);
  if (!text) return null;
  return (
    <Tooltip label={text} multiline maw={320} openDelay={150}>
      <span className={classes.pin} role="img" aria-label={text}>
        <IconWorld size={14} aria-hidden />
      </span>
    </Tooltip>
  );
}
