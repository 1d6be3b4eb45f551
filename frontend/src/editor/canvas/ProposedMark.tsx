import { IconPencil, IconTrash } from "@tabler/icons-react";
import { markOf, useWaiting } from "../window/proposed";
import { Tip } from "../../ui/Tip";
import classes from "./ModuleNode.module.css";

/** At a node that a proposed edit would change or remove; on hover, and for a screen reader, what of it. */
export function ProposedMark({ id }: { id: string }) {
  const mark = useWaiting(markOf(id));
  if (!mark) return null;
  const text = `By the proposed edit, this ${mark.words}`;
  return (
    <Tip label={text} multiline maw={320} openDelay={150}>
      <span className={classes.proposed} data-kind={mark.kind} role="img" aria-label={text}>
        {mark.kind === "removed" ? <IconTrash size={14} aria-hidden /> : <IconPencil size={14} aria-hidden />}
      </span>
    </Tip>
  );
}
