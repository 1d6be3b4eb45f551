import { useRef } from "react";
import { nodeKind, nodeName, ownName } from "../../graph/read";
import type { GraphNode } from "../../graph/types";
import { useCatalog } from "../store/catalog";
import { NodeNameField } from "./NodeNameField";
import { useReadOnly } from "../store/store";
import { stopWriting, useMarkEditing } from "../window/markEditing";
import classes from "./ModuleNode.module.css";

/** What stands in bold on a node; below a name of its own, what the node does. */
export function NodeTitle({ node }: { node: GraphNode }) {
  const catalog = useCatalog();
  const readOnly = useReadOnly();
  const writing = useMarkEditing((state) => state.id === node.id) && !readOnly;
  const box = useRef<HTMLDivElement>(null);
  const name = nodeName(catalog, node);
  const kind = ownName(node) ? nodeKind(catalog, node) : "";
  return (
    <div ref={box} className={classes.name}>
      {writing ? (
        <NodeNameField
          node={node}
          className={`${classes.nameField} nodrag nopan`}
          onDone={(byKey) => {
            stopWriting();
            if (byKey) box.current?.closest<HTMLElement>(".react-flow__node")?.focus({ preventScroll: true });
          }}
        />
      ) : (
        <span className={classes.title} title={kind ? `${name}: ${kind}` : name}>
          {name}
        </span>
      )}
      {kind ? <span className={classes.kind}>{kind}</span> : null}
    </div>
  );
}
