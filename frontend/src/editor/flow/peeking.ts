/** Which nodes show their first picture beside them, and where. Worked out once a version of graph and run. */

import { useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { create } from "zustand";
import { USUAL_HEIGHT } from "./ports";
import { useCurrentRun } from "../run/hooks";
import { isUnderWay } from "../../runs/applyRunEvent";
import type { NodeRun, Run } from "../../api/types";
import type { Box } from "../../graph/arrange";
import { COLLAPSED, framesOf, hiddenBy, notesOf } from "../../graph/marks";
import { placePeeks, type Peek } from "../../graph/peeks";
import { endOf } from "../../graph/read";
import { NODE_WIDTH } from "../../graph/place";
import type { Marked } from "../../graph/types";
import { useEditor, useShownGraph } from "../store/store";
import { useCanvasSettings } from "../window/canvasSettings";

export interface FirstPicture {
  port: string;
  artifact: string;
  /** How many there are. */
  pictures: number;
}

/** `old`: of the run before, shown until the node has ended in the run that is under way. */
type ShownPicture = FirstPicture & { old: boolean };

const NONE: ReadonlyMap<string, Peek> = new Map();
const NO_PICTURES: ReadonlyMap<string, ShownPicture> = new Map();

export const usePeeks = create<{ places: ReadonlyMap<string, Peek> }>(() => ({ places: NONE }));

/** `of` is the experiment, or the prior run of it, whose pictures these are. */
const usePictures = create<{ of: string | null; shown: ReadonlyMap<string, ShownPicture> }>(() => ({
  of: null,
  shown: NO_PICTURES,
}));

/** Where the node's picture goes; undefined where it has no room, or none is wanted. */
export const usePeek = (id: string): Peek | undefined => usePeeks((state) => state.places.get(id));

export const useShownPicture = (id: string): ShownPicture | undefined =>
  usePictures((state) => state.shown.get(id));

/** The nodes whose pictures are wanted on the canvas. */
export const wantedPeeks = (): string[] =>
  useCanvasSettings.getState().pictures ? [...usePictures.getState().shown.keys()] : [];

/** The first output with pictures. */
export function firstPicture(run: NodeRun | undefined): FirstPicture | null {
  for (const [port, { artifact, pictures }] of Object.entries(run?.outputs ?? {}))
    if (pictures) return { port, artifact, pictures };
  return null;
}

/** For each node its first picture, or null where it has not ended yet; as text, which stays equal. */
function picturesIn(run: Run): string {
  const found = Object.entries(run.nodes).flatMap(([id, entry]) => {
    const picture = firstPicture(entry);
    const isPending = isUnderWay(run.state) && (entry.state === "queued" || entry.state === "running");
    return picture || isPending ? [[id, picture]] : [];
  });
  return JSON.stringify(found);
}

/** What is shown now, given what was shown before. */
function picturesAfter(
  found: readonly [string, FirstPicture | null][],
  before: ReadonlyMap<string, ShownPicture>,
): Map<string, ShownPicture> {
  return new Map(
    found.flatMap(([id, picture]): [string, ShownPicture][] => {
      const last = before.get(id);
      if (picture) return [[id, { ...picture, old: false }]];
      return last ? [[id, { ...last, old: true }]] : [];
    }),
  );
}

/** The places in this graph of the pictures of these nodes. */
export function placesOfPeeks(
  graph: Marked,
  wanted: readonly string[],
  heightOf: (id: string) => number | undefined,
): Map<string, Peek> {
  const hidden = hiddenBy(graph);
  const nodes = graph.nodes
    .filter(({ id }) => !hidden.has(id))
    .map(({ id, position }): Box => {
      return { id, ...position, width: NODE_WIDTH, height: heightOf(id) ?? USUAL_HEIGHT };
    });
  const notes = notesOf(graph).map(({ id, position, size }) => ({ id, ...position, ...size }));
  const folded = framesOf(graph)
    .filter(({ collapsed }) => collapsed)
    .map(({ id, position }) => ({ id, ...position, ...COLLAPSED }));
  const feeding = new Set(graph.wires.map((wire) => endOf(wire.from).node));
  return placePeeks([...nodes, ...notes, ...folded], wanted, (id) => feeding.has(id));
}

/** Keeps pictures and places up to date; once, in the canvas. Not while nodes are dragged: they are free to pass. */
export function usePlacePeeks(): void {
  const graph = useShownGraph();
  const of = useEditor((state) => state.viewedRun?.id ?? state.id);
  const found = useCurrentRun(picturesIn);
  const on = useCanvasSettings((settings) => settings.pictures);
  const store = useStoreApi();
  useEffect(() => {
    const before = usePictures.getState();
    const kept = before.of === of ? before.shown : NO_PICTURES;
    // A run that has just begun is not loaded yet.
    if (found === undefined) return usePictures.setState({ of, shown: kept });
    const pictures = JSON.parse(found) as [string, FirstPicture | null][];
    usePictures.setState({ of, shown: picturesAfter(pictures, kept) });
  }, [of, found]);
  const wanted = usePictures((state) => [...state.shown.keys()].join("\n"));
  useEffect(() => {
    if (!on || !wanted) return usePeeks.setState({ places: NONE });
    // What the run has brought onto the nodes (an error, a comment) is measured a frame later.
    const frame = requestAnimationFrame(() => {
      const { nodeLookup } = store.getState();
      const heightOf = (id: string) => nodeLookup.get(id)?.measured.height;
      usePeeks.setState({ places: placesOfPeeks(graph, wanted.split("\n"), heightOf) });
    });
    return () => cancelAnimationFrame(frame);
  }, [graph, wanted, on, store]);
}
