import { Handle, Position } from "@xyflow/react";
import { memo, type KeyboardEvent, type MouseEvent } from "react";
import { endText } from "../../graph/read";
import type { End, PortSpec } from "../../graph/types";
import { openOverlay } from "../window/overlays";
import { lookAt } from "../window/lookAt";
import classes from "./Port.module.css";
import { typeName } from "../../results/wireTypes";
import { isTouch, tapPort } from "./tapping";
import { useWiring, type Side } from "./wiring";

interface Props {
  node: string;
  /** The node's name, where the port is not drawn on the node itself but on the frame that covers it. */
  within?: string;
  port: PortSpec;
  type: string;
  side: Side;
  /** Where on the node's edge, in percent. */
  at: number;
  connected: boolean;
  /** Only the ports of a selected node are stops of the Tab key. */
  reachable: boolean;
  /** Null where wires cannot be drawn (a prior run is shown). */
  onOpen: ((end: End, side: Side) => void) | null;
  wirable: boolean;
}

/** Pixels a pointer may move between press and release of a click; farther, a wire was being drawn. */
const STILL = 4;

let pressed = { x: 0, y: 0 };

const isStill = (event: MouseEvent): boolean =>
  Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) <= STILL;

/** Shows what came out of an output. */
export function openPort(end: End, side: Side): void {
  if (side === "output") lookAt(end.node, end.port);
}

/** A typed end for wires: color, shape and letter say the type; its name shows on hover and focus. */
export const Port = memo(function Port({
  node,
  within,
  port,
  type,
  side,
  at,
  connected,
  reachable,
  onOpen,
  wirable,
}: Props) {
  const end = { node, port: port.name };
  const verdict = useWiring((wiring) => (wiring.start ? wiring.verdict(end, side) : undefined));
  const wiring = verdict === undefined ? undefined : verdict === null ? "fits" : "dim";
  const label = `${side === "input" ? "Input" : "Output"} ${port.label} (${typeName(type)})${
    port.optional ? ", optional" : ""
  }${within ? ` of ${within}` : ""}${connected ? ", connected" : ""}`;

  const choose = (event: KeyboardEvent | MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const screen = { x: box.left, y: box.bottom + 4 };
    if (wirable) openOverlay({ kind: "wire", screen, end, side });
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Handle
      id={within === undefined ? port.name : endText(end)}
      type={side === "input" ? "target" : "source"}
      position={side === "input" ? Position.Top : Position.Bottom}
      style={{ left: `${at}%` }}
      className={classes.port}
      isConnectable={wirable}
      data-type={type}
      data-connected={connected}
      data-optional={port.optional}
      data-wiring={wiring}
      role="button"
      tabIndex={reachable ? 0 : -1}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === "Enter") choose(event);
        else if (event.key === " " && onOpen) {
          onOpen(end, side);
          event.preventDefault();
          event.stopPropagation();
        }
      }}
      onPointerDown={(event) => (pressed = { x: event.clientX, y: event.clientY })}
      onClick={(event) => {
        const open = onOpen && (() => onOpen(end, side));
        if (wirable && isTouch(event.nativeEvent as PointerEvent)) tapPort(end, side, open);
        else if (event.detail === 0 || isStill(event)) open?.();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
      onContextMenu={(event) => {
        openOverlay({
          kind: "menu",
          screen: { x: event.clientX, y: event.clientY },
          target: { kind: "port", side, end },
        });
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <span className={classes.label} aria-hidden>
        {within === undefined ? port.label : `${within}: ${port.label}`}
        <span className={classes.type}>
          {` (${typeName(type)})`}
          {port.optional ? ", optional" : ""}
        </span>
      </span>
    </Handle>
  );
});
