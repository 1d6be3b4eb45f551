import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { nodeKind, nodeName, ownName } from "../../graph/read";
import type { GraphNode, ModuleSpec } from "../../graph/types";
import { IconButton } from "../../ui/IconButton";
import { moduleLook } from "../flow/moduleLook";
import { useCatalog } from "../store/catalog";
import { NodeNameField } from "../canvas/NodeNameField";
import { useReadOnly } from "../store/store";
import classes from "./PropertiesPanel.module.css";

/** Which node the panel is about, under its own name where it has one. */
export function NodeHead({ node, module }: { node: GraphNode; module: ModuleSpec | undefined }) {
  const catalog = useCatalog();
  const readOnly = useReadOnly();
  const [naming, setNaming] = useState(false);
  const { Icon, group } = moduleLook(node.module, module);
  const kind = ownName(node) ? nodeKind(catalog, node) : "";
  return (
    <div className={classes.head}>
      <Icon size={20} stroke={1.75} aria-hidden className="tinted" data-group={group} />
      {naming && !readOnly ? (
        <NodeNameField node={node} className={classes.nameField} onDone={() => setNaming(false)} />
      ) : (
        <div className={classes.names}>
          <h2 className={classes.title}>{nodeName(catalog, node)}</h2>
          {kind ? <span className={classes.kind}>{kind}</span> : null}
        </div>
      )}
      {readOnly || naming ? null : (
        <IconButton label="Rename the node" shortcut="F2" onClick={() => setNaming(true)}>
          <IconPencil size={15} stroke={1.75} />
        </IconButton>
      )}
    </div>
  );
}
