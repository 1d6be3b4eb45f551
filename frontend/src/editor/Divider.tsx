import type { KeyboardEvent, PointerEvent } from "react";
import { followPointer } from "../ui/followPointer";
import classes from "./Divider.module.css";
import { LIMITS, resizePanel, togglePanel, useLayout, type PanelName } from "./window/layout";

interface Props {
  panel: PanelName;
  /** Where the panel lies, seen from the line. */
  side: "left" | "right" | "below";
  label: string;
}

/** The line between a panel and the canvas: drag it, or move it with the arrow keys. */
export function Divider({ panel, side, label }: Props) {
  const size = useLayout((layout) => layout[panel].size);
  const upright = side !== "below";
  const outwards = side === "left" ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    const placeOf = (at: { clientX: number; clientY: number }) => (upright ? at.clientX : at.clientY);
    const start = placeOf(event);
    followPointer(event, {
      move: (now) => resizePanel(panel, size + (placeOf(now) - start) * outwards),
      undo: () => resizePanel(panel, size),
    });
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
      onKeyDown={onKeyDown}
      onDoubleClick={() => resizePanel(panel, LIMITS[panel].usual)}
    />
  );
}
