import { Anchor } from "@mantine/core";
import { definitionOf } from "../../graph/own/definition";
import type { GraphNode } from "../../graph/types";
import { plural } from "../../ui/words";
import { newerVersion, openInside } from "../commands/ownModules";
import { shownRoot, useEditor, useReadOnly } from "../store/store";
import { openOverlay } from "../window/overlays";
import classes from "./PropertiesPanel.module.css";

/** Of a node that was made of others: what is inside, and which version of the palette it is. */
export function InsideOf({ node }: { node: GraphNode }) {
  const own = useEditor((state) => definitionOf(shownRoot(state), node));
  const readOnly = useReadOnly();
  if (!own) return null;
  const newer = readOnly ? undefined : newerVersion(own);
  const based = own.based_on === undefined ? "" : `, changed here since version ${own.based_on}`;
  return (
    <p className={classes.text}>
      {own.untrusted && !readOnly ? (
        <>
          It came from elsewhere, and its code does not run yet.{" "}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => openOverlay({ kind: "trust-modules" })}
          >
            Look at it and trust it…
          </Anchor>{" "}
        </>
      ) : null}
      {own.version === undefined ? "" : `Version ${own.version} of the palette. `}
      {plural(own.nodes.length, "node")} inside{based}.{" "}
      <Anchor component="button" type="button" size="sm" onClick={() => openInside(node.id)}>
        Open what is inside
      </Anchor>
      {newer ? (
        <>
          {" · "}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => openOverlay({ kind: "own-update", node: node.id })}
          >
            Version {newer.version} is in the palette
          </Anchor>
        </>
      ) : null}
    </p>
  );
}
