import type { ReactNode } from "react";
import classes from "./EditorScreen.module.css";
import type { PanelName } from "./window/layout";
import { useLayout } from "./window/layout";
import { useFull } from "./window/full";

interface Props {
  name: PanelName;
  label: string;
  children: ReactNode;
}

/** A part of the editor beside the canvas, as wide or as high as it was made. */
export function Panel({ name, label, children }: Props) {
  const size = useLayout((layout) => layout[name].size);
  const full = useFull((state) => state.full) && name === "results";
  return (
    <aside
      data-panel={name}
      data-full={full}
      aria-label={label}
      className={classes.panel}
      style={name === "results" ? { height: size } : { width: size }}
    >
      {children}
    </aside>
  );
}
