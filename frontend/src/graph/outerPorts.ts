/** The ports on the edge of a collapsed frame: what leads into and out of what lies in it. */

import { hiddenBy } from "./marks";
import { endOf, endText } from "./read";
import type { Catalog, Marked, PortSpec } from "./types";

export interface OuterPorts {
  /** Each written as `node.port`. */
  inputs: string[];
  outputs: string[];
}

/** Free ports are shown while there is room to hit each of them: a box is 220 pixels wide. */
const MOST = 8;

/**
 * The ports that wires from outside end at, and those that hang on no wire yet: inputs that must be fed, then
 * optional ones, as many as there is room for. From left to right as their nodes lie in the frame.
 */
export function outerPorts(file: Marked, catalog: Catalog, frame: string): OuterPorts {
  const hidden = hiddenBy(file);
  const isInside = (end: string) => hidden.get(endOf(end).node) === frame;
  const used = new Set(file.wires.flatMap(({ from, to }) => [from, to]));
  const crossing = new Set(
    file.wires
      .filter((wire) => isInside(wire.from) !== isInside(wire.to))
      .flatMap(({ from, to }) => [from, to]),
  );
  const nodes = file.nodes
    .filter(({ id }) => hidden.get(id) === frame)
    .sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y);
  const portsOn = (side: "inputs" | "outputs") =>
    nodes.flatMap(({ id, module }) =>
      (catalog.module(module)?.[side] ?? []).map((port) => ({
        port,
        end: endText({ node: id, port: port.name }),
      })),
    );

  const shown = (ports: { port: PortSpec; end: string }[]): string[] => {
    const room = MOST - ports.filter(({ end }) => crossing.has(end)).length;
    const free = ports.filter(({ end }) => !used.has(end));
    const byNeed = [
      ...free.filter(({ port }) => !port.optional),
      ...free.filter(({ port }) => port.optional),
    ];
    const chosen = new Set(byNeed.slice(0, Math.max(0, room)).map(({ end }) => end));
    return ports.filter(({ end }) => crossing.has(end) || chosen.has(end)).map(({ end }) => end);
  };
  return { inputs: shown(portsOn("inputs")), outputs: shown(portsOn("outputs")) };
}
