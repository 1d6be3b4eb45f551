import { Anchor } from "@mantine/core";
import { definitionOf } from "../../graph/own/definition";
import { nodeName } from "../../graph/read";
import type { GraphNode } from "../../graph/types";
import { EmptyState } from "../../ui/EmptyState";
import { goToNode } from "../commands/goToNode";
import { useCatalog } from "../store/catalog";
import { shownRoot, useEditor } from "../store/store";
import { LOG, lookAt } from "../window/lookAt";

/** Of a node that was made of others: which of those have a log. */
export function LogsInside({ node }: { node: GraphNode }) {
  const catalog = useCatalog();
  const own = useEditor((state) => definitionOf(shownRoot(state), node));
  const open = (inner: string) => {
    goToNode(`${node.id}.${inner}`);
    lookAt(`${node.id}.${inner}`, LOG);
  };
  return (
    <EmptyState
      title="Each node inside has a log of its own"
      actions={(own?.nodes ?? []).map((inner) => (
        <Anchor key={inner.id} component="button" type="button" size="sm" onClick={() => open(inner.id)}>
          Log of {nodeName(catalog, inner)}
        </Anchor>
      ))}
    />
  );
}
