/** The view that shows everything, or some nodes, with the pictures beside them. */

import { getViewportForBounds, type useStoreApi, type Viewport } from "@xyflow/react";
import { peekArea } from "../../graph/peeks";
import { areaOf, around } from "./overviewShape";
import { usePeeks } from "../flow/peeking";
import { FIT } from "../window/view";

/** Null where there are none. */
export function viewOf(store: ReturnType<typeof useStoreApi>, ids?: readonly string[]): Viewport | null {
  const { nodeLookup, width, height, minZoom } = store.getState();
  const { places } = usePeeks.getState();
  const wanted = ids && new Set(ids);
  const areas = [...nodeLookup.values()].flatMap((node) => {
    if (node.hidden || (wanted && !wanted.has(node.id))) return [];
    const area = areaOf(node);
    const peek = places.get(node.id);
    return peek ? [area, peekArea(area, peek)] : [area];
  });
  if (areas.length === 0) return null;
  return getViewportForBounds(areas.reduce(around), width, height, minZoom, FIT.maxZoom, FIT.padding);
}
