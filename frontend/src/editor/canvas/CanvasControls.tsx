import { Panel, useStore } from "@xyflow/react";
import { IconFocusCentered, IconMap, IconMinus, IconPlus, IconSelect } from "@tabler/icons-react";
import { IconButton } from "../../ui/IconButton";
import classes from "./Canvas.module.css";
import { toggleDragSelects, toggleMinimap, useCanvasSettings } from "../window/canvasSettings";
import { canvasView } from "../window/view";

export function CanvasControls() {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  const { dragSelects, minimap } = useCanvasSettings();
  return (
    <Panel position="bottom-left">
      <div role="toolbar" aria-label="View" className={classes.controls} data-floating>
        <IconButton label="Zoom out" shortcut="-" onClick={() => canvasView()?.zoomOut()}>
          <IconMinus size={16} />
        </IconButton>
        <button
          type="button"
          className={classes.percent}
          aria-label={`Zoom ${percent} percent, set to 100 percent`}
          onClick={() => canvasView()?.zoomToFull()}
        >
          {percent} %
        </button>
        <IconButton label="Zoom in" shortcut="+" onClick={() => canvasView()?.zoomIn()}>
          <IconPlus size={16} />
        </IconButton>
        <span className={classes.rule} />
        <IconButton label="Fit everything" shortcut="1" onClick={() => canvasView()?.fit()}>
          <IconFocusCentered size={16} />
        </IconButton>
        <IconButton
          label="Select by dragging"
          aria-pressed={dragSelects}
          variant={dragSelects ? "light" : "subtle"}
          onClick={toggleDragSelects}
        >
          <IconSelect size={16} />
        </IconButton>
        <IconButton
          label="Overview"
          aria-pressed={minimap}
          variant={minimap ? "light" : "subtle"}
          onClick={toggleMinimap}
        >
          <IconMap size={16} />
        </IconButton>
      </div>
    </Panel>
  );
}
