import { IconKey, IconWorld, type Icon } from "@tabler/icons-react";
import { askedBy, networkText, secretText } from "../../graph/outside";
import type { GraphNode } from "../../graph/types";
import { useCatalog } from "../store/catalog";
import { shownGraph, useEditor } from "../store/store";
import { Tip } from "../../ui/Tip";
import classes from "./ModuleNode.module.css";

/** At a node that asks for the network or for secrets; on hover, and for a screen reader, for which. */
export function OutsideMarks({ node }: { node: GraphNode }) {
  const catalog = useCatalog();
  // A text stays equal while the rest of the file changes.
  const network = useEditor((state) => networkText(askedBy(shownGraph(state), catalog, node)));
  const secrets = useEditor((state) => secretText(askedBy(shownGraph(state), catalog, node)));
  return (
    <>
      <Mark text={network} Icon={IconWorld} />
      <Mark text={secrets} Icon={IconKey} />
    </>
  );
}

function Mark({ text, Icon }: { text: string; Icon: Icon }) {
  if (!text) return null;
  return (
    <Tip label={text} multiline maw={320} openDelay={150}>
      <span className={classes.pin} role="img" aria-label={text}>
        <Icon size={14} aria-hidden />
      </span>
    </Tip>
  );
}
