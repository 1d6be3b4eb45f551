import { ViewportPortal } from "@xyflow/react";
import classes from "./Canvas.module.css";
import { useGuides } from "./guiding";

/** Lines along which what is dragged is level with its neighbors. */
export function Guides() {
  const guides = useGuides((state) => state.guides);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className={classes.guides} aria-hidden>
        {guides.map(({ axis, at, from, to }) => (
          <path key={axis} d={axis === "x" ? `M${at} ${from}V${to}` : `M${from} ${at}H${to}`} />
        ))}
      </svg>
    </ViewportPortal>
  );
}
