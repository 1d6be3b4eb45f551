import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import classes from "./Divider.module.css";
import { LIMITS, resizePanel, togglePanel, useLayout, type PanelName } from "./layout";

interface Props {
  panel: PanelName;
  /** Where the panel lies, seen from the line. */
  side: "left" | "right" | "below";
  label: string;
}

/** The line between a panel and the canvas: drag it, or move it with the arrow keys. */
export function Divider({ panel, side, label }: Props) {
  const size = useLayout((layout) => layout[panel].size);
  const start = useRef({ at: 0, size: 0 });
  const upright = side !== "below";
  const outwards = side === "left" ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: upright ? event.clientX : event.clientY, size };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const moved = (upright ? event.clientX : event.clientY) - start.current.at;
    resizePanel(panel, start.current.size + moved * outwards);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = upright
      ? { ArrowLeft: -16, ArrowRight: 16 }
      : { ArrowUp: -16, ArrowDown: 16 };
    const step = steps[event.key];
    if (step !== undefined) resizePanel(panel, size + step * outwards);
    else if (event.key === "Enter") togglePanel(panel);
    else return;
    event.preventDefault();
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={LIMITS[panel].smallest}
      aria-valuemax={LIMITS[panel].largest}
      className={classes.divider}
      data-upright={upright}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      onDoubleClick={() => resizePanel(panel, LIMITS[panel].usual)}
    />
  );
}
