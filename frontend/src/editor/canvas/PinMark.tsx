import { IconPinFilled } from "@tabler/icons-react";
import { isPinned, pinsOf, pinText } from "../../graph/pins";
import type { GraphNode } from "../../graph/types";
import { Tip } from "../../ui/Tip";
import classes from "./ModuleNode.module.css";

/** At a pinned node; on hover, and for a screen reader, what it takes. */
export function PinMark({ node }: { node: GraphNode }) {
  if (!isPinned(node)) return null;
  const text = pinText(pinsOf(node));
  return (
    <Tip label={text} multiline maw={320} openDelay={150}>
      <span className={classes.pin} role="img" aria-label={text}>
        <IconPinFilled size={14} aria-hidden />
      </span>
    </Tip>
  );
}
