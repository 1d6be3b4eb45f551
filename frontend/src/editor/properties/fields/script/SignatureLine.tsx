import { findNode, wiresByInput } from "../../../../graph/read";
import type { PortSpec } from "../../../../graph/types";
import { useCatalog } from "../../../store/catalog";
import { useEditor, useShownGraph } from "../../../store/store";
import { signatureText } from "./signatureText";
import classes from "./Script.module.css";

const NONE: readonly PortSpec[] = [];

/** What `azureml_main` of this node takes, from which input, and which outputs it fills. */
export function SignatureLine({ node }: { node: string }) {
  const catalog = useCatalog();
  const graph = useShownGraph();
  const shape = useEditor((state) => state.signatures[node]);
  if (!shape) return null;
  const inputs = catalog.module(findNode(graph, node)?.module ?? "")?.inputs ?? NONE;
  const wires = wiresByInput(graph);
  const wired = inputs.filter(({ name }) => wires.has(`${node}.${name}`));
  return (
    <p className={classes.signature} aria-label="Signature of this node">
      {signatureText(shape, wired)}
    </p>
  );
}
