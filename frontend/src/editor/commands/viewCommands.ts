/** Verbs that change what is seen, and nothing else. */

import {
  IconArrowsMaximize,
  IconCommand,
  IconFocus2,
  IconFocusCentered,
  IconHistory,
  IconKeyboard,
  IconLayoutBottombar,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconMap,
  IconPhoto,
  IconSearch,
  IconSelect,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
} from "@tabler/icons-react";
import { toggleDragSelects, toggleMinimap, togglePictures } from "../window/canvasSettings";
import { canvasView } from "../window/view";
import { hint } from "../window/hint";
import { closePanel, isOpen, openPanel, togglePanel, useLayout } from "../window/layout";
import { openOverlay } from "../window/overlays";
import { toggleFull } from "../window/full";
import { lookedAt } from "../window/looked";
import { openSide } from "../window/side";
import { useEditor } from "../store/store";
import type { Command } from "./command";
import { A_NODE } from "./needs";

export const commandsCommand: Command = {
  id: "commands",
  label: "All commands…",
  group: "View",
  Icon: IconCommand,
  keys: ["Ctrl+K"],
  everywhere: true,
  run: () => openOverlay({ kind: "commands" }),
};

export const historyCommand: Command = {
  id: "history",
  label: "Run history",
  group: "Run",
  Icon: IconHistory,
  keys: ["H"],
  run: () => openOverlay({ kind: "history" }),
};

function toggleResults(): void {
  const open = isOpen("results")(useLayout.getState());
  if (!lookedAt(useEditor.getState())) hint("Select a node to see its results.");
  else if (open) closePanel("results");
  else openPanel("results");
}

export const viewCommands: Command[] = [
  commandsCommand,
  historyCommand,
  {
    id: "keys",
    label: "Change the keys…",
    group: "View",
    Icon: IconKeyboard,
    run: () => openOverlay({ kind: "keys" }),
  },
  {
    id: "shortcuts",
    label: "Keyboard shortcuts",
    group: "View",
    Icon: IconKeyboard,
    keys: ["?"],
    run: () => openOverlay({ kind: "shortcuts" }),
  },
  { id: "fit-selection", label: "Fit the selection", group: "View", Icon: IconFocus2, keys: ["2"], enabled: () => useEditor.getState().selection.nodes.size > 0, needs: A_NODE, run: () => canvasView()?.fit([...useEditor.getState().selection.nodes]) },
  { id: "fit", label: "Fit everything", group: "View", Icon: IconFocusCentered, keys: ["1"], run: () => canvasView()?.fit() },
  { id: "zoom-in", label: "Zoom in", group: "View", Icon: IconZoomIn, keys: ["+", "="], run: () => canvasView()?.zoomIn() },
  { id: "zoom-out", label: "Zoom out", group: "View", Icon: IconZoomOut, keys: ["-"], run: () => canvasView()?.zoomOut() },
  { id: "zoom-full", label: "Zoom to 100 %", group: "View", Icon: IconZoomReset, keys: ["0"], run: () => canvasView()?.zoomToFull() },
  { id: "minimap", label: "Show or hide the overview", group: "View", Icon: IconMap, keys: ["M"], run: toggleMinimap },
  { id: "pictures", label: "Show or hide pictures beside their nodes", group: "View", Icon: IconPhoto, run: togglePictures },
  { id: "drag-selects", label: "Switch between selecting and panning by drag", group: "View", Icon: IconSelect, run: toggleDragSelects },
  { id: "find-module", label: "Search the palette", group: "View", Icon: IconSearch, keys: ["P"], run: () => openSide("modules") },
  { id: "palette", label: "Show or hide the palette", group: "View", Icon: IconLayoutSidebar, keys: ["["], run: () => togglePanel("palette") },
  { id: "properties-panel", label: "Show or hide the properties", group: "View", Icon: IconLayoutSidebarRight, keys: ["]"], run: () => togglePanel("properties") },
  { id: "results-panel", label: "Show or hide the results", group: "View", Icon: IconLayoutBottombar, keys: ["R"], run: toggleResults },
  { id: "results-full", label: "Maximize the results, or go back to the canvas", group: "View", Icon: IconArrowsMaximize, keys: ["F9", "Shift+R"], run: toggleFull },
]; // prettier-ignore
