import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { useMemo, type PointerEvent } from "react";
import { shallow } from "zustand/shallow";
import classes from "./Canvas.module.css";
import type { Box } from "../flow/markFlow";
import { areaOfAll, boxesPath, frameFor, maskPath } from "./overviewShape";

const SIZE = { width: 144, height: 96 };

/** Times its own size; on a smaller canvas, above the results too, it would lie on the nodes. */
const ROOM = 4.5;

/** The whole graph in the corner; a press there, or a drag, moves the view. */
export function Overview({ boxes }: { boxes: Box[] }) {
  const flow = useReactFlow();
  const [x, y, zoom, width, height] = useStore(
    ({ transform, width, height }) => [...transform, width, height] as const,
    shallow,
  );
  const all = useMemo(() => areaOfAll(boxes), [boxes]);
  const shapes = useMemo(() => boxesPath(boxes), [boxes]);
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const frame = frameFor(all, view, SIZE);
  if (width < ROOM * SIZE.width || height < ROOM * SIZE.height) return null;

  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const toX = frame.x + ((event.clientX - box.left) / box.width) * frame.width;
    const toY = frame.y + ((event.clientY - box.top) / box.height) * frame.height;
    void flow.setCenter(toX, toY, { zoom });
  };

  return (
    <Panel position="bottom-right" className={classes.minimap} data-floating>
      <svg
        role="img"
        aria-label="Overview of the graph"
        width={SIZE.width}
        height={SIZE.height}
        viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={go}
      >
        <path d={shapes} className={classes.minimapNodes} />
        <path d={maskPath(frame, view)} className={classes.minimapMask} fillRule="evenodd" />
      </svg>
    </Panel>
  );
}
