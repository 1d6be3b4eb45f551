import { findNode, findPort, nodeName, wiresByInput } from "../../graph/read";
import { datasetOf } from "../../graph/reference";
import type { End } from "../../graph/types";
import { useCatalog } from "../store/catalog";
import { Chooser } from "../commands/Chooser";
import { closeOverlay, type Overlay } from "../window/overlays";
import { useEditor } from "../store/store";
import { drawWire } from "./drawWire";
import { fittingEnds } from "./wiring";

/** The other end of a wire, chosen from all that fit: wiring without a mouse. */
export function WireChooser({ screen, end, side }: Extract<Overlay, { kind: "wire" }>) {
  const catalog = useCatalog();
  const draft = useEditor((state) => state.draft);
  const taken = wiresByInput(draft);
  const key = ({ node, port }: End) => `${node}.${port}`;
  const ends = new Map(fittingEnds(draft, catalog, end, side).map((one) => [key(one), one]));

  const choices = [...ends].map(([id, one]) => {
    const node = findNode(draft, one.node);
    const module = node && catalog.module(node.module);
    const port = findPort(side === "output" ? module?.inputs : module?.outputs, one.port);
    const name = node ? nodeName(catalog, node) : one.node;
    const dataset = node && (datasetOf(catalog, node) ?? node.comment);
    const note = side === "output" && taken.has(id) ? "replaces its wire" : dataset;
    return { id, label: `${name}: ${port?.label ?? one.port}`, detail: note, words: one.node };
  });

  return (
    <Chooser
      label={side === "output" ? "Connect to which input?" : "Connect from which output?"}
      placeholder={side === "output" ? "Connect to…" : "Connect from…"}
      choices={choices}
      empty="No port of another node fits. Add a module first, with the / key."
      at={screen}
      onClose={closeOverlay}
      onChoose={(id) => {
        closeOverlay();
        const other = ends.get(id);
        if (!other) return;
        if (side === "output") drawWire(end, other);
        else drawWire(other, end);
      }}
    />
  );
}
