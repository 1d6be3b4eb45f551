import { useRef, useState } from "react";
import { LONGEST_NAME } from "../../graph/edits";
import { nodeKind, ownName } from "../../graph/read";
import type { GraphNode } from "../../graph/types";
import { useCatalog } from "../store/catalog";
import { renameNode } from "../commands/naming";

interface Props {
  node: GraphNode;
  className: string | undefined;
  /** `byKey`: Enter or Escape ended it, so that the focus has to go somewhere. */
  onDone: (byKey: boolean) => void;
}

/** A node's name as a field: Enter keeps it, Escape leaves it, an empty one gives the usual name back. */
export function NodeNameField({ node, className, onDone }: Props) {
  const usual = nodeKind(useCatalog(), node);
  const [text, setText] = useState(ownName(node) || usual);
  const done = useRef(false);
  const end = (keep: boolean, byKey: boolean) => {
    if (done.current) return;
    done.current = true;
    if (keep) renameNode(node.id, text);
    onDone(byKey);
  };
  return (
    <input
      // The field was asked for to be typed in.
      autoFocus
      aria-label="Name of the node"
      className={className}
      value={text}
      placeholder={usual}
      maxLength={LONGEST_NAME}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        end(event.key === "Enter", true);
      }}
      onBlur={() => end(true, false)}
    />
  );
}
