/** Which nodes show their first picture beside them, and where. Worked out once a version of graph and run. */

import { useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { create } from "zustand";
import { USUAL_HEIGHT } from "./ports";
import { useCurrentRun } from "../../runs/hooks";
import type { NodeRun, Run } from "../../api/types";
import { COLLAPSED, framesOf, hiddenBy, notesOf } from "../../graph/marks";
import { placePeeks, type Peek } from "../../graph/peeks";
import { endOf } from "../../graph/read";
import { NODE_WIDTH } from "../../graph/place";
import { useShownGraph } from "../store/store";
import { useCanvasSettings } from "./settings";

const NONE: ReadonlyMap<string, Peek> = new Map();

const usePeeks = create<{ places: ReadonlyMap<string, Peek> }>(() => ({ places: NONE }));

/** Where the node's picture goes; undefined where it has no room, or none is wanted. */
export const usePeek = (id: string): Peek | undefined => usePeeks((state) => state.places.get(id));

export interface FirstPicture {
  port: string;
  artifact: string;
  /** How many there are. */
  pictures: number;
}

/** The first output with pictures. */
export function firstPicture(run: NodeRun | undefined): FirstPicture | null {
  for (const [port, { artifact, pictures }] of Object.entries(run?.outputs ?? {}))
    if (pictures) return { port, artifact, pictures };
  return null;
}

const withPictures = (run: Run): string =>
  Object.keys(run.nodes)
    .filter((id) => firstPicture(run.nodes[id]))
    .join("\n");

/** Keeps the places up to date; once, in the canvas. Not while nodes are dragged: they are free to pass. */
export function usePlacePeeks(): void {
  const graph = useShownGraph();
  const wanted = useCurrentRun(withPictures) ?? "";
  const on = useCanvasSettings((settings) => settings.pictures);
  const store = useStoreApi();
  useEffect(() => {
    if (!on || !wanted) return usePeeks.setState({ places: NONE });
    // What the run has brought onto the nodes (an error, a comment) is measured a frame later.
    const frame = requestAnimationFrame(() => {
      const { nodeLookup } = store.getState();
      const hidden = hiddenBy(graph);
      const nodes = graph.nodes.flatMap(({ id, position }) =>
        hidden.has(id)
          ? []
          : [
              {
                id,
                ...position,
                width: NODE_WIDTH,
                height: nodeLookup.get(id)?.measured.height ?? USUAL_HEIGHT,
              },
            ],
      );
      const notes = notesOf(graph).map(({ id, position, size }) => ({ id, ...position, ...size }));
      const folded = framesOf(graph)
        .filter(({ collapsed }) => collapsed)
        .map(({ id, position }) => ({ id, ...position, ...COLLAPSED }));
      const feeding = new Set(graph.wires.map((wire) => endOf(wire.from).node));
      const boxes = [...nodes, ...notes, ...folded];
      usePeeks.setState({ places: placePeeks(boxes, wanted.split("\n"), (id) => feeding.has(id)) });
    });
    return () => cancelAnimationFrame(frame);
  }, [graph, wanted, on, store]);
}
