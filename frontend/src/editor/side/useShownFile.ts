import type { Marked } from "../../graph/types";
import { shownGraph, useEditor } from "../store/store";

/** What is on the canvas, with its notes and frames. */
export const useShownFile = (): Marked => useEditor(shownGraph);
